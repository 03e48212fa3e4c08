"""The rows of dossiers' components: what stands now, and the history of each, written many at a time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set
from datetime import datetime

from sqlalchemy import Connection, RowMapping, delete, func, select, tuple_

from records.components import DossierComponent
from records.dossier import ExemptionReason
from records.ids import DossierCode
from storage.among import among
from storage.many_rows import insert_rows, update_rows
from storage.tables_coverage import dossier_component_history, dossier_components

Key = tuple[DossierCode, str]  # dossier, component
_CHUNK = 500
_SAID = ("declared", "name", "requested", "reused", "shared", "replaced_by", "exempt_reason")

Known = Mapping[Key, tuple[DossierComponent, int]]  # what stands now, and its version
Wanted = Mapping[Key, DossierComponent | None]  # what is to stand; None: nothing


class ComponentRows:
    """dossier_components and dossier_component_history, which always tell the same."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def of_dossiers(self, codes: Iterable[str]) -> dict[Key, tuple[DossierComponent, int]]:
        """The components of these dossiers, each with its version."""
        query = select(dossier_components).where(among(dossier_components.c.dossier, codes))
        return {
            (row["dossier"], row["component"]): (read_component(row), row["version"])
            for row in self._connection.execute(query).mappings()
        }

    def write(self, wanted: Wanted, known: Known, actor: str, at: datetime) -> frozenset[DossierCode]:
        """Make the rows say what is wanted, and note each change. Returns the dossiers that changed."""
        changed = changes(wanted, known)
        if not changed:
            return frozenset()
        versions = self._last_versions({dossier for dossier, _ in changed})
        notes: list[dict[str, object]] = []
        rows: dict[Key, dict[str, object]] = {}
        for key in changed:
            new = wanted[key]
            row = _row(key, new or known[key][0], versions.get(key, 0) + 1)
            notes.append(row | {"valid_from": at, "valid_to": None, "actor": actor, "removed": new is None})
            if new is not None:
                rows[key] = row
        self._end({key: versions[key] for key in changed if key in versions}, at)
        insert_rows(self._connection, dossier_component_history, notes)
        self._put(rows, known.keys() & set(changed))
        return frozenset(dossier for dossier, _ in changed)

    def _end(self, versions: Mapping[Key, int], at: datetime) -> None:
        """What was said last of these is so no longer."""
        ended = [
            {"dossier": dossier, "component": component, "version": version, "valid_to": at}
            for (dossier, component), version in versions.items()
        ]
        update_rows(self._connection, dossier_component_history, ("dossier", "component", "version"), ended)

    def _put(self, rows: Mapping[Key, dict[str, object]], there: Set[Key]) -> None:
        """Have these rows in place of those that were there under the keys."""
        table, changed = dossier_components, [row for key, row in rows.items() if key in there]
        insert_rows(self._connection, table, [row for key, row in rows.items() if key not in there])
        update_rows(self._connection, table, ("dossier", "component"), changed)
        gone = sorted(there - rows.keys())
        for begin in range(0, len(gone), _CHUNK):
            these = tuple_(table.c.dossier, table.c.component).in_(gone[begin : begin + _CHUNK])
            self._connection.execute(delete(table).where(these))

    def _last_versions(self, codes: Iterable[str]) -> dict[Key, int]:
        columns = dossier_component_history.c
        query = select(columns.dossier, columns.component, func.max(columns.version)).where(
            among(columns.dossier, codes)
        )
        rows = self._connection.execute(query.group_by(columns.dossier, columns.component))
        return {(dossier, component): version for dossier, component, version in rows}


def changes(wanted: Wanted, known: Known) -> list[Key]:
    """The components of which something else is wanted than is known."""
    return [key for key, new in wanted.items() if new != known.get(key, (None, 0))[0]]


def _row(key: Key, component: DossierComponent, version: int) -> dict[str, object]:
    said = {name: getattr(component, name) for name in _SAID}
    reason = component.exempt_reason
    said["exempt_reason"] = reason.value if reason else None
    return {"dossier": key[0], "component": key[1], "version": version, **said}


def read_component(row: RowMapping) -> DossierComponent:
    """A row of either table as the component that it describes."""
    reason = row["exempt_reason"]
    said = {name: row[name] for name in _SAID if name != "exempt_reason"}
    return DossierComponent(
        component=row["component"], exempt_reason=ExemptionReason(reason) if reason else None, **said
    )
