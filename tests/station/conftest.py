"""A station's programs speak to a real server: the office of the API tests."""

from tests.api.conftest import world

__all__ = ["world"]
