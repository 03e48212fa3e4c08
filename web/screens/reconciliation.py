"""A day's reconciliation: does each step have what the one before it had, and who closes what differs."""

from records.staff import StaffRole
from web.screen import Screen

SCREEN = Screen(
    "reconciliation", ("/reconciliation",), roles=frozenset({StaffRole.CLERK, StaffRole.AUDITOR}), menu=70
)
