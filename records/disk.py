"""What a full disk says: temporary files are no fault of the paper's, so the step is tried again."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager

from records.errors import ScratchFull


def is_full(failed: BaseException) -> bool:
    """Whether this failed because the disk, or our share of it, has no room left.

    >>> is_full(OSError(errno.ENOSPC, "No space left on device")), is_full(OSError("image file is truncated"))
    (True, False)
    """
    return isinstance(failed, OSError) and failed.errno in (errno.ENOSPC, errno.EDQUOT)


@contextmanager
def room_needed() -> Iterator[None]:
    """Temporary files are written inside; raises ScratchFull when there is no room for them."""
    try:
        yield
    except OSError as failed:
        if is_full(failed):
            raise ScratchFull from failed
        raise
