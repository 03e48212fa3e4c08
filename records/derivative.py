"""A derivative: an object that was made from a master and can be made again."""

from __future__ import annotations

from dataclasses import dataclass

from records.fixity import Fixity


@dataclass(frozen=True, slots=True)
class Derivative:
    """An object that belongs to a record. `kind` is a stable word, one of each a record: pdfa, access, alto."""

    kind: str
    fixity: Fixity
    media_type: str
