"""The scanners: last seen, what each brought in today, what went wrong, whose clock is off; their keys."""

from web.screen import EVERYBODY, Screen

SCREEN = Screen("stations", ("/stations",), roles=EVERYBODY, menu=80)
