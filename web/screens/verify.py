"""The clerk's desk: one paper at a time, its image beside its fields."""

from records.staff import StaffRole
from web.screen import Screen

SCREEN = Screen(
    "verify",
    ("/verify", "/verify/{record}"),
    roles=frozenset({StaffRole.CLERK, StaffRole.AUDITOR}),
    menu=20,
    home=frozenset({StaffRole.CLERK}),
    texts=("fields", "reasons", "states"),
)
