"""What is rendered from the actions' declarations and the schemas. `python -m deploy.render` runs all of it.

A module that renders has a function `files() -> dict[Path, str]`: the content of each of its files, by path from the
repository's root.
"""
