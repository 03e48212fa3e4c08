"""The rows of dossiers' components: what stands now, and the history of each, written many at a time."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime

from sqlalchemy import Connection, RowMapping, delete, exists, func, not_, select, tuple_, update

from records.components import DossierComponent
from records.dossier import ExemptionReason
from records.ids import DossierCode
from storage.among import among
from storage.inserts import conflicting_insert
from storage.many_rows import insert_rows
from storage.tables_coverage import dossier_component_history, dossier_components
from storage.unindexed import still_open

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
        c = dossier_components.c
        said = (c[name] for name in ("component", *_SAID))
        query = select(c.dossier, c.version, *said).where(among(c.dossier, codes))
        return {
            (dossier, said[0]): (_component(*said), version)
            for dossier, version, *said in self._connection.execute(query).all()
        }

    def write(self, wanted: Wanted, known: Known, actor: str, at: datetime) -> frozenset[DossierCode]:
        """Make the rows say what is wanted, and note each change. Returns the dossiers that changed."""
        changed = changes(wanted, known)
        if not changed:
            return frozenset()
        versions = self._last_versions({dossier for dossier, _ in changed})
        notes: list[dict[str, object]] = []
        for key in changed:
            new = wanted[key]
            told = {"actor": actor, "removed": new is None, "valid_from": at, "valid_to": None}
            notes.append(_row(key, new or known[key][0], versions.get(key, 0) + 1, told))
        insert_rows(self._connection, dossier_component_history, notes)
        if versions:
            self._end(versions, at)
        self._delete([key for key in changed if wanted[key] is None])
        touched = frozenset(dossier for dossier, _ in changed)
        self._follow(touched, there=bool(known))
        return touched

    def _end(self, versions: Iterable[Key], at: datetime) -> None:
        """What was said of a component before it was said anew is so no longer."""
        said, anew = dossier_component_history.c, dossier_component_history.alias("anew").c
        later = exists().where(
            anew.dossier == said.dossier, anew.component == said.component, anew.version == said.version + 1
        )
        codes = {dossier for dossier, _ in versions}
        ended = update(dossier_component_history).where(
            among(said.dossier, codes), still_open(said.valid_to), later
        )
        self._connection.execute(ended.values(valid_to=at))

    def _delete(self, keys: Sequence[Key]) -> None:
        key = tuple_(dossier_components.c.dossier, dossier_components.c.component)
        for begin in range(0, len(keys), _CHUNK):
            these = key.in_(keys[begin : begin + _CHUNK])
            self._connection.execute(delete(dossier_components).where(these))

    def _follow(self, codes: Collection[str], *, there: bool) -> None:
        """Have what the history says now stand in the rows of these dossiers, some of which are `there`, or none."""
        names = ["dossier", "component", "version", *_SAID]
        said = dossier_component_history.c
        now = among(said.dossier, codes), still_open(said.valid_to), not_(said.removed)
        rows = select(*(said[name] for name in names)).where(*now)
        put = conflicting_insert(self._connection, dossier_components).from_select(names, rows)
        if there:
            newer = put.excluded.version > dossier_components.c.version
            said_now = {name: put.excluded[name] for name in names[2:]}
            put = put.on_conflict_do_update(index_elements=names[:2], set_=said_now, where=newer)
        self._connection.execute(put)

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


def _row(
    key: Key, component: DossierComponent, version: int, told: Mapping[str, object]
) -> dict[str, object]:
    reason = component.exempt_reason
    return {
        "dossier": key[0],
        "component": key[1],
        "version": version,
        "declared": component.declared,
        "name": component.name,
        "requested": component.requested,
        "reused": component.reused,
        "shared": component.shared,
        "replaced_by": component.replaced_by,
        "exempt_reason": reason.value if reason else None,
        **told,
    }


def read_component(row: RowMapping) -> DossierComponent:
    """A row of either table as the component that it describes."""
    return _component(row["component"], *(row[name] for name in _SAID))


def _component(
    component: str,
    declared: bool,
    name: str,
    requested: bool,
    reused: bool,
    shared: bool,
    replaced_by: str | None,
    reason: str | None,
) -> DossierComponent:
    exempt = ExemptionReason(reason) if reason else None
    return DossierComponent(component, name, declared, requested, reused, shared, replaced_by, exempt)
