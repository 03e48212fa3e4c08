"""Versions of learned models and which one is in use; the weights lie in the object store."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import Connection, Table, func, insert, select

from records.errors import NotFound
from records.fixity import Fixity, Sha256
from records.model import BUILT_IN, Activation, ModelVersion
from storage.tables_models import model_activations, models


class Models:
    """The tables of models. Nothing is changed or deleted: a rollback is one more activation."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(
        self,
        fixity: Fixity,
        *,
        at: datetime,
        by: str,
        samples: int,
        confirmations: int,
        metrics: Mapping[str, float],
    ) -> ModelVersion:
        """Keep a trained model, whose object is durable, under the next version."""
        made = ModelVersion(
            self._next(models, "version"), fixity, at, by, samples, confirmations, dict(metrics)
        )
        row = {
            "version": made.version,
            "sha256": fixity.sha256,
            "size": fixity.size,
            "made_at": at,
            "made_by": by,
            "samples": samples,
            "confirmations": confirmations,
            "metrics": dict(metrics),
        }
        self._connection.execute(insert(models).values(row))
        return made

    def list(self) -> tuple[ModelVersion, ...]:
        """Every version, the newest first."""
        rows = self._connection.execute(select(models).order_by(models.c.version.desc())).mappings()
        return tuple(_version(dict(row)) for row in rows)

    def get(self, version: int) -> ModelVersion:
        """One version; raises NotFound."""
        row = self._connection.execute(select(models).where(models.c.version == version)).mappings().first()
        if row is None:
            raise NotFound("no model of this version")
        return _version(dict(row))

    def active(self) -> ModelVersion | None:
        """The version in use; None for the one that the project ships with."""
        history = self.activations()
        used = history[-1].version if history else BUILT_IN
        return None if used == BUILT_IN else self.get(used)

    def activate(self, version: int, *, at: datetime, actor: str, reason: str) -> None:
        """Bring a version into use; raises NotFound."""
        if version != BUILT_IN:
            self.get(version)
        row = {
            "sequence": self._next(model_activations, "sequence"),
            "version": version,
            "at": at,
            "actor": actor,
            "reason": reason,
        }
        self._connection.execute(insert(model_activations).values(row))

    def activations(self) -> tuple[Activation, ...]:
        """Every activation, the oldest first."""
        query = select(model_activations).order_by(model_activations.c.sequence)
        rows = self._connection.execute(query).mappings()
        return tuple(Activation(row["version"], row["at"], row["actor"], row["reason"]) for row in rows)

    def _next(self, table: Table, column: str) -> int:
        last = self._connection.execute(select(func.max(table.c[column]))).scalar_one()
        return int(last or 0) + 1


def before(history: tuple[Activation, ...]) -> int:
    """The version that a rollback returns to: what was in use before the promotion that is in force.

    Rollbacks take promotions back one by one, down to the built-in model.

    >>> from datetime import UTC, datetime
    >>> def done(*versions: int) -> tuple[Activation, ...]:
    ...     reasons = ["rolled_back" if v < 0 else "promoted" for v in versions]
    ...     return tuple(Activation(abs(v), datetime.now(UTC), "a", r) for v, r in zip(versions, reasons))
    >>> before(done(1, 2)), before(done(1, 2, -1)), before(done(1)), before(())
    (1, 0, 0, 0)
    """
    stack = [BUILT_IN]
    for one in history:
        if one.reason == "rolled_back":
            stack = stack[:-1] or [BUILT_IN]
        else:
            stack.append(one.version)
    return stack[-2] if len(stack) > 1 else BUILT_IN


def _version(row: dict[str, object]) -> ModelVersion:
    fixity = Fixity(Sha256(str(row.pop("sha256"))), int(str(row.pop("size"))))
    return ModelVersion(fixity=fixity, **row)  # type: ignore[arg-type]
