"""The statutory forms on the screen and as files, and the check of such a file."""

from records.staff import StaffRole
from web.screen import Screen

SCREEN = Screen("reports", ("/reports",), roles=frozenset({StaffRole.CLERK, StaffRole.AUDITOR}), menu=60)
