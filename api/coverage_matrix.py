"""The city at a glance: the rate of each org unit in each month, with every fraction."""

from __future__ import annotations

from fastapi import APIRouter

from api.auth import CoverageReader
from api.coverage import Question
from api.problems import problems
from api.schemas.coverage_matrix import CoverageMatrix
from api.state import State
from records.coverage import Grouping
from records.errors import InvalidValue

router = APIRouter(tags=["Coverage"])


@router.get(
    "/api/coverage/matrix",
    operation_id="get_coverage_matrix",
    summary="Org units by month",
    responses=problems(InvalidValue),
)
def get_matrix(state: State, caller: CoverageReader, asked: Question) -> CoverageMatrix:
    """Digitized ÷ required, without certification, for each own org unit in each month of resolution.

    A month in which a unit had nothing to digitize is left out. The same as `by=unit_month`, made to be drawn.
    """
    with state.services.database.snapshot() as tx:
        rows = tx.coverage.rows(Grouping.UNIT_MONTH, asked.period, asked.scope(tx, caller), **asked.how)
    return CoverageMatrix.of(rows)
