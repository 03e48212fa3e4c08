"""The touch screen in the hall: how far a dossier is, for whoever holds its receipt."""

from web.screen import Screen

SCREEN = Screen("look_up", ("/look-up",), public=True, bare=True)
