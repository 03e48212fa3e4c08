"""Who one is, and the own password."""

from web.screen import Screen

SCREEN = Screen("account", ("/account",))
