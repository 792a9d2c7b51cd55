"""What is rendered from the actions' declarations and the schemas. `python -m deploy.render` runs all of it.

Each module here has a function `files() -> dict[Path, str]`: the content of every file that it renders, by path from the
repository's root.
"""
