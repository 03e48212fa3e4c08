"""Second readings: values read again without seeing what was read before, and what two readings leave open."""

from records.staff import StaffRole
from web.screen import Screen

SCREEN = Screen(
    "recheck",
    ("/recheck",),
    roles=frozenset({StaffRole.CLERK}),
    part_of="verify",
    texts=("fields", "sheets"),
)
