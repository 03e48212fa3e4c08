"""The auditor's view: digitised ÷ required for each unit, and how many are missing."""

from records.staff import StaffRole
from web.screen import Screen

SCREEN = Screen(
    "coverage",
    ("/coverage",),
    roles=frozenset({StaffRole.CLERK, StaffRole.AUDITOR}),
    menu=50,
    home=frozenset({StaffRole.AUDITOR}),
)
