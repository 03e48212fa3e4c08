"""Where a person signs in."""

from web.screen import Screen

SCREEN = Screen("login", ("/login",), public=True, bare=True)
