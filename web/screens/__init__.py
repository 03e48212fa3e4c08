"""One module a screen; each holds its `SCREEN`. See the docstring of `web` for how one is added."""
