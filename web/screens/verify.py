"""The clerk's queue: which papers wait, and with which to begin."""

from records.staff import StaffRole
from web.screen import Screen

SCREEN = Screen(
    "verify",
    ("/verify",),
    roles=frozenset({StaffRole.CLERK, StaffRole.AUDITOR}),
    menu=20,
    home=frozenset({StaffRole.CLERK}),
    texts=("fields", "reasons", "states"),
    asks=("/api/reviews", "/api/units", "/api/document-types"),
)
