"""An object that a row names: what must be in the object store, now and in every backup."""

from __future__ import annotations

from dataclasses import dataclass

from records.fixity import Fixity


@dataclass(frozen=True, slots=True)
class StoredObject:
    """A master, a page's image, its words, or a lasting copy."""

    fixity: Fixity
    media_type: str
