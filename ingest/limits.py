"""What decoding one file may cost: no paper needs more, and a file that does is refused."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

DRAWN_PIXELS: Final = (
    64_000_000  # of a page without a scan: A2 at 400 dpi; a larger sheet is drawn more coarsely
)


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds on one file; each is checked before the memory is taken or the time is spent, where that can be known.

    `seconds` counts only while the decoder works, not while the caller is busy with a page.
    """

    bytes: int = 512 * 1024**2  # of the file
    pages: int = 500
    pixels: int = 120_000_000  # of one page: A3 at 600 dpi has 70 million
    memory_bytes: int = 1536 * 1024**2  # address space of the decoder
    seconds: float = 300.0  # for the whole file
    page_seconds: float = 30.0  # for opening it, and for any one page
    output_bytes: int = 512 * 1024**2  # of one page image
