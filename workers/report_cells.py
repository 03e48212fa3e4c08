"""The dossiers behind a figure of a statutory form."""

from __future__ import annotations

from functools import cache

from config.wiring import Services
from records.cells import Figure
from records.dossier import Dossier
from records.errors import InvalidValue
from records.report import ReportRequest
from records.tallies import Tally
from storage.cursors import Cursor, Slice
from storage.report_cases import Asked
from workers.reporting import FORMS, Office, scope_of_request, settled


def dossiers_behind(
    services: Services, asked: ReportRequest, figure: Figure, *, after: Cursor | None = None, limit: int = 50
) -> Slice[Dossier]:
    """As many dossiers as the form says, oldest first; raises InvalidValue for a column without figures.

    The moment that is asked for may be now: `asked.as_of` is then not before it.
    """
    form = FORMS[asked.kind]
    body, columns = form.body, form.columns()
    counted = {column.key for column in columns if column.counts_dossiers}
    if body is None or figure.column not in counted:
        raise InvalidValue("this form has no figures of that name", field="column")
    with services.database.snapshot() as tx:
        request, moment = settled(tx, asked)
        office = Office(tx.catalogue.units(), tx.catalogue.indicators(request.period.last, moment))

        @cache
        def stands_behind(one: Tally) -> bool:
            return figure.of(columns, body([one], office)[0]) == 1

        areas = tx.coverage.areas(scope_of_request(tx, request), as_of=moment, mapped=request.mapped)
        question = Asked(request.period, areas, request.as_of, moment)
        return tx.report_cases.behind(question, stands_behind, after=after, limit=limit)
