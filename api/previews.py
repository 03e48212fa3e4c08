"""Previews of page images, made one or two at a time and kept in memory until newer ones need the room."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from typing import NamedTuple

from ocr.preview import preview_jpeg
from records.fixity import Sha256

KEPT_BYTES = 64 * 1024 * 1024
AT_ONCE = 2  # a page of 120 megapixels takes 360 MB while it is scaled


class PreviewKey(NamedTuple):
    image: Sha256
    width: int
    rotation: int


class Previews:
    """A cache that forgets what was not asked for longest. Safe to share between threads."""

    def __init__(self, kept_bytes: int = KEPT_BYTES) -> None:
        self._kept_bytes = kept_bytes
        self._kept: OrderedDict[PreviewKey, bytes] = OrderedDict()
        self._size = 0
        self._lock = threading.Lock()
        self._working = threading.Semaphore(AT_ONCE)

    def get(
        self, key: PreviewKey, media_type: str, image: Callable[[], bytes], stored_width: int = 0
    ) -> bytes:
        """The preview; `image` gives the page's image when it has to be made, `stored_width` pixels across as it is
        turned. Raises what preview_jpeg raises."""
        found = self._find(key)
        if found is not None:
            return found
        with self._working:
            found = self._find(key) or preview_jpeg(
                image(), media_type, key.width, key.rotation, stored_width=stored_width
            )
        self._keep(key, found)
        return found

    def _find(self, key: PreviewKey) -> bytes | None:
        with self._lock:
            found = self._kept.get(key)
            if found is not None:
                self._kept.move_to_end(key)
            return found

    def _keep(self, key: PreviewKey, preview: bytes) -> None:
        with self._lock:
            if key in self._kept:
                return
            self._kept[key] = preview
            self._size += len(preview)
            while self._size > self._kept_bytes and self._kept:
                _, dropped = self._kept.popitem(last=False)
                self._size -= len(dropped)
