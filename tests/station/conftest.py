"""A station's programs speak to a real server: the office of the API tests."""

from tests.api.conftest import empty_office, furnished_office, stage, world

__all__ = ["empty_office", "furnished_office", "stage", "world"]
