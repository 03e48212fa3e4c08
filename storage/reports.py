"""What the statutory forms are counted from: dossiers by standing, and the digest of everything that was counted.

Counted from the facts of the moment asked for. A dossier belongs to a period when it was received by its end and not
resolved before its begin. Whoever asks is answered from sums; whoever wants proof has every dossier and paper counted
again (`recount`).
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, select

from records.coverage import Period
from records.report import Inputs
from records.tallies import Counts, Tally
from storage.areas import Area
from storage.facts import facts
from storage.form_counts import FormCounts
from storage.form_sums import FormSums
from storage.form_tallies import Cuts, tallies_from_sums, together
from storage.indicator_versions import IndicatorVersions
from storage.report_rows import seals_from_rows, tallies_from_rows
from storage.tables import indicators, org_units, procedures, successions
from storage.tables_audit import audit_entries
from storage.tables_forms import SEALED


class Reports:
    """Counts for the forms, and what they were counted from. `as_of` None counts from what is known now."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._sums = FormSums(connection)

    def tallies(
        self,
        period: Period,
        areas: Sequence[Area],
        now: datetime,
        as_of: datetime | None,
        *,
        by_domain: bool = False,
        recount: bool = False,
    ) -> tuple[Tally, ...]:
        """Counts by unit, and by domain or else by what the procedure asks.

        `now` decides what is overdue before a period ends.
        """
        cuts, found = Cuts.of(period, now), list[Tally]()
        for area in areas:
            if self._has_sums(area, recount):
                found += tallies_from_sums(self._connection, cuts, area, as_of, by_domain)
            else:
                found += tallies_from_rows(self._connection, facts(as_of), cuts, area)
        return tuple(one for one in together(found, by_domain) if one.counts != Counts())

    def inputs(
        self,
        period: Period,
        areas: Sequence[Area],
        now: datetime,
        as_of: datetime | None,
        *,
        recount: bool = False,
    ) -> Inputs:
        """The digest of the dossiers, papers and rules that a report of this period is counted from."""
        cuts, seals = Cuts.of(period, now), Counter[str]()
        for area in areas:
            if self._has_sums(area, recount):
                seals.update(FormCounts(self._connection, area.scope, as_of).seals(cuts.begin, cuts.end))
            else:
                seals.update(seals_from_rows(self._connection, facts(as_of), cuts, area))
        sequence, sealed = self.audit_head(as_of or now)
        return Inputs(
            dossiers=seals["dossiers"],
            dossiers_sha256=_digest(seals, "dossier"),
            papers=seals["papers"],
            papers_sha256=_digest(seals, "paper"),
            catalogue_sha256=self._catalogue(as_of or now),
            audit_sequence=sequence,
            audit_hash=sealed,
        )

    def audit_head(self, moment: datetime) -> tuple[int, str]:
        """Number and hash of the newest entry of the audit trail at a moment; (0, "") when there is none."""
        columns = audit_entries.c
        query = select(columns.sequence, columns.hash).where(columns.at <= moment)
        row = self._connection.execute(query.order_by(columns.sequence.desc()).limit(1)).first()
        return (0, "") if row is None else (row[0], row[1])

    def _has_sums(self, area: Area, recount: bool) -> bool:
        """The dossiers of a part of a unit are counted one by one."""
        return area.part is None and not recount and self._sums.are_made()

    def _catalogue(self, moment: datetime) -> str:
        """The digest of units, procedures and indicators, with the versions of these that stood at the moment."""
        digest = hashlib.sha256()
        for table in (org_units, successions, procedures, indicators):
            query = select(table).order_by(*table.primary_key.columns)
            for row in self._connection.execute(query):
                digest.update(repr(tuple(row)).encode())
        for version in IndicatorVersions(self._connection).known(moment):
            digest.update(repr(version.figures).encode())
        return digest.hexdigest()


def _digest(seals: Counter[str], what: str) -> str:
    """The SHA-256 of the sums of the digests of all dossiers or papers."""
    sums = [seals[name] for name in SEALED if name.startswith(what) and name[-1].isdigit()]
    return hashlib.sha256(" ".join(map(str, sums)).encode()).hexdigest()
