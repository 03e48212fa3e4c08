"""Who works here, as what, and for which units: for the administrator."""

from web.screen import Screen

SCREEN = Screen("accounts", ("/accounts",), roles=frozenset(), menu=90)
