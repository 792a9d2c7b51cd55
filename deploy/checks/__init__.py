"""The offline gate of what is deployed: `python -m deploy.checks`. A file is a check, and yields one line a problem."""
