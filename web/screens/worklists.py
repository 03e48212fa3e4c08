"""What is to be done before an auditor asks: missing results by urgency, poor scans, unsigned, late, exempt."""

from records.staff import StaffRole
from web.screen import Screen

SCREEN = Screen(
    "worklists",
    ("/worklists",),
    roles=frozenset({StaffRole.CLERK, StaffRole.AUDITOR}),
    menu=55,
    texts=("exemptions",),
)
