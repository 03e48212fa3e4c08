"""The versions of the acceptance policy: dated, and never changed."""

from __future__ import annotations

from sqlalchemy import Connection, RowMapping, func, select

from records.acceptance import AcceptanceMode, Policy, Threshold
from records.errors import NotFound, StaleVersion
from storage.codecs import decode_all, encode
from storage.columns import UNIX_EPOCH
from storage.cursors import Cursor, Keyset, Slice
from storage.inserts import insert_if_new
from storage.tables_policy import acceptance_policies

_COLUMNS = acceptance_policies.c
_NEWEST_FIRST = Keyset((_COLUMNS.version,), descending=True)

DEFAULT = Policy(
    version=0, at=UNIX_EPOCH, actor="policy", reason="default"
)  # accepts nothing: no evidence yet


class Policies:
    """The acceptance_policies table. Before the first one, DEFAULT counts."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def current(self) -> Policy:
        """The policy that counts now."""
        newest = select(func.max(_COLUMNS.version)).scalar_subquery()
        query = select(acceptance_policies).where(_COLUMNS.version == newest)
        row = self._connection.execute(query).mappings().first()
        return DEFAULT if row is None else _policy(row)

    def get(self, version: int) -> Policy:
        """A policy by its version; raises NotFound."""
        query = select(acceptance_policies).where(_COLUMNS.version == version)
        row = self._connection.execute(query).mappings().first()
        if row is None:
            raise NotFound("no policy of this version")
        return _policy(row)

    def list(self, *, after: Cursor | None = None, limit: int = 50) -> Slice[Policy]:
        """All policies, newest first."""
        query = _NEWEST_FIRST.apply(select(acceptance_policies), after, limit)
        rows, following = _NEWEST_FIRST.cut(self._connection.execute(query).mappings().all(), limit)
        return Slice(tuple(_policy(row) for row in rows), following)

    def add(self, policy: Policy) -> None:
        """Let a new version count from now on; raises StaleVersion when somebody else made this version."""
        row = {
            "version": policy.version,
            "at": policy.at,
            "actor": policy.actor,
            "reason": policy.reason,
            "bound": policy.bound,
            "certainty": policy.certainty,
            "mode": policy.mode.value,
            "second": dict(policy.second or {}),
            "thresholds": encode(policy.thresholds),
            "always": list(policy.always),
        }
        if not insert_if_new(self._connection, acceptance_policies, row):
            raise StaleVersion()


def _policy(row: RowMapping) -> Policy:
    return Policy(
        version=row["version"],
        at=row["at"],
        actor=row["actor"],
        reason=row["reason"],
        bound=row["bound"],
        certainty=row["certainty"],
        mode=AcceptanceMode(row["mode"]),
        second=row["second"],
        thresholds=decode_all(Threshold, row["thresholds"]),
        always=tuple(row["always"]),
    )
