"""Everything that was read or confirmed, by its words; hits are marked on the page."""

from records.staff import StaffRole
from web.screen import Screen

SCREEN = Screen(
    "search",
    ("/search",),
    roles=frozenset({StaffRole.CLERK, StaffRole.AUDITOR}),
    menu=40,
    texts=("states",),
)
