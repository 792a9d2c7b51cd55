"""Rendered from schemas/ by `make render`."""
