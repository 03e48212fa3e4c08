"""The one-time link that makes the first administrator."""

from web.screen import Screen

SCREEN = Screen("setup", ("/setup/{token}",), public=True, bare=True)
