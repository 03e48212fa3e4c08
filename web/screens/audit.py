"""Who did what, newest first: for auditors of the whole office."""

from records.staff import StaffRole
from web.screen import Screen

SCREEN = Screen("audit", ("/audit",), roles=frozenset({StaffRole.AUDITOR}), menu=85, texts=("events",))
