"""What is accepted without a look, under which promise, and whether it is kept."""

from records.staff import StaffRole
from web.screen import Screen

SCREEN = Screen("policy", ("/policy",), roles=frozenset({StaffRole.AUDITOR}), menu=87, texts=("fields",))
