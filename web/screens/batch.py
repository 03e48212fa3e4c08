"""One batch: its progress, scans that must be repeated, papers without a dossier."""

from web.screen import Screen

SCREEN = Screen(
    "batch", ("/batches/{batch}",), part_of="batches", texts=("fields", "reasons", "states", "rescan")
)
