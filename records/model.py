"""Learned models: versions that are kept as objects, and which of them is in use."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from records.fixity import Fixity

BUILT_IN = 0  # the version of the model that the project ships with


@dataclass(frozen=True, slots=True)
class ModelVersion:
    """A model as it was trained. Its weights never change; whether it is used is a matter of activations."""

    version: int  # from 1
    fixity: Fixity  # of the object that holds it
    made_at: datetime  # UTC
    made_by: str
    samples: int  # made-up papers that it learned from
    confirmations: int  # clerks' confirmations that it learned from
    metrics: dict[str, float] = field(default_factory=dict)  # on papers that were held out


@dataclass(frozen=True, slots=True)
class Activation:
    """When a version came into use, and why; the last one counts."""

    version: int  # BUILT_IN for the one that the project ships with
    at: datetime  # UTC
    actor: str
    reason: str  # promoted or rolled_back
