"""Re-use before scan: find what is digitised already, and let a dossier use it again."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Annotated

from fastapi import APIRouter, Header, Response
from fastapi import Path as PathParameter
from pydantic import SecretStr

from api.auth import Clerk, RecordReader, StaffCaller
from api.downloads import object_answer
from api.pages import binary
from api.paging import RecordKey
from api.problems import problems
from api.record_files import FRAMED
from api.schemas.common import Code
from api.schemas.reuse import (
    ReusablePaper,
    ReusablePapers,
    Reuse,
    ReusedList,
    ReusedView,
    ReuseSearch,
)
from api.state import State
from records.codes import parse_dossier_code
from records.coverage import VIETNAM
from records.errors import (
    DossierUnknown,
    InvalidDossierCode,
    InvalidValue,
    NotFound,
    NotReusable,
)
from records.ids import DocumentTypeCode, DossierCode, RecordId
from records.owner import parse_owner_id
from records.staff import WHOLE_OFFICE, Scope
from storage.database import Transaction
from workers.reuse import reuse as reuse_paper
from workers.reuse import withdraw as withdraw_paper

router = APIRouter(tags=["Re-use"])

DossierPath = Annotated[Code, PathParameter(description="Either form of the code.")]
_OF_A_DOSSIER = problems(NotFound, InvalidDossierCode)


@router.post(
    "/api/reuse/search",
    operation_id="search_reusable",
    summary="Find what is digitised already",
    responses=problems(InvalidValue),
)
def search(body: ReuseSearch, state: State, caller: Clerk) -> ReusablePapers:
    """Filed papers of this owner and type that hold on the day, in the whole office, newest first; results of
    earlier dossiers are among them. The audit trail notes that somebody searched, not for whom."""
    owner = parse_owner_id(body.owner_id.get_secret_value())
    kind = DocumentTypeCode(body.document_type) if body.document_type else None
    with state.services.database.transaction() as tx:
        found = tx.owners.digitised(owner, kind, body.valid_on or _today())
        tx.audit.append(caller.actor, "reuse.searched", kind or "*", {"found": len(found)}, datetime.now(UTC))
    fitting = (paper for paper in found if paper.may_be(body.issued))
    return ReusablePapers(items=[ReusablePaper.of(paper) for paper in fitting])


@router.post(
    "/api/dossiers/{code}/reused",
    operation_id="reuse_paper",
    summary="Use a paper again",
    status_code=201,
    responses={**_OF_A_DOSSIER, **problems(NotReusable, InvalidValue)},
)
def reuse(code: DossierPath, body: Reuse, state: State, caller: Clerk) -> ReusedView:
    """Make a digitised paper a component of a dossier of the own units; it counts as re-used (indicator 4.3).
    Repeating it changes nothing."""
    owner, now = said_owner(body.owner_id), datetime.now(UTC)
    with state.services.database.transaction() as tx:
        dossier = _dossier(tx, code, caller.scope)
        reused = reuse_paper(
            tx,
            dossier,
            RecordId(str(body.record)),
            owner,
            valid_on=body.valid_on or _today(),
            component=body.component,
            actor=caller.actor,
            at=now,
        )
    return ReusedView.of(reused)


@router.get(
    "/api/dossiers/{code}/reused",
    operation_id="list_reused",
    summary="Papers that a dossier uses again",
    responses=_OF_A_DOSSIER,
)
def list_reused(code: DossierPath, state: State, caller: RecordReader) -> ReusedList:
    """The components of a dossier that were not scanned again, oldest first."""
    with state.services.database.snapshot() as tx:
        found = tx.owners.reused_in(_dossier(tx, code, caller.scope))
    return ReusedList(items=[ReusedView.of(one) for one in found])


@router.get(
    "/api/dossiers/{code}/reusable",
    operation_id="list_reusable",
    summary="What a dossier may use again",
    responses=_OF_A_DOSSIER,
)
def list_reusable(code: DossierPath, state: State, caller: Clerk) -> ReusablePapers:
    """Filed papers of other dossiers that hold today and whose owner the dossier's receipt or its own papers name, by
    id number; newest first. What it has or uses already is left out."""
    with state.services.database.snapshot() as tx:
        found = tx.owners.fit_for(_dossier(tx, code, caller.scope), _today())
    return ReusablePapers(items=[ReusablePaper.of(paper) for paper in found])


@router.delete(
    "/api/dossiers/{code}/reused/{record}",
    operation_id="withdraw_reused",
    summary="Stop using a paper again",
    status_code=204,
    responses=_OF_A_DOSSIER,
)
def withdraw(code: DossierPath, record: RecordKey, state: State, caller: Clerk) -> None:
    """Take a re-used paper out of a dossier of the own units, or one that you put there. It stays where it is filed."""
    now, key = datetime.now(UTC), RecordId(str(record))
    with state.services.database.transaction() as tx:
        dossier = _dossier(tx, code, WHOLE_OFFICE if _is_own(tx, code, key, caller) else caller.scope)
        withdraw_paper(tx, dossier, key, actor=caller.actor, at=now)


@router.get(
    "/api/dossiers/{code}/reused/{record}/pdf",
    operation_id="get_reused_pdf",
    summary="A re-used paper's PDF",
    response_class=Response,
    responses={**binary("application/pdf", what="The lasting copy."), **_OF_A_DOSSIER},
)
def get_pdf(
    code: DossierPath,
    record: RecordKey,
    state: State,
    caller: RecordReader,
    if_none_match: Annotated[str | None, Header()] = None,
) -> Response:
    """The paper as another unit has filed it: who may see the dossier may see what it uses again."""
    key = RecordId(str(record))
    with state.services.database.snapshot() as tx:
        dossier = _dossier(tx, code, caller.scope)
        if key not in {one.reused_from for one in tx.owners.reused_in(dossier)}:
            raise NotFound("the dossier does not use this paper")
        found = tx.records.get(key, WHOLE_OFFICE)
    answer = object_answer(
        state.services.objects, found.archival, "application/pdf", f"record-{key}.pdf", if_none_match
    )
    answer.headers.update(FRAMED)
    return answer


def said_owner(said: SecretStr | None) -> str | None:
    """The digits of an id number that was sent, if one was. Raises InvalidValue."""
    return parse_owner_id(said.get_secret_value()) if said else None


def _dossier(tx: Transaction, untrusted: str, scope: Scope) -> DossierCode:
    try:
        return tx.dossiers.get(parse_dossier_code(untrusted).code, scope).code
    except DossierUnknown:
        raise NotFound("no dossier with this code") from None


def _is_own(tx: Transaction, untrusted: str, record: RecordId, caller: StaffCaller) -> bool:
    """Whether the caller made a dossier, which may be another unit's, use this paper: then he may take that back."""
    code = parse_dossier_code(untrusted).code
    return any(one.reused_from == record and one.actor == caller.actor for one in tx.owners.reused_in(code))


def _today() -> date:
    return datetime.now(VIETNAM).date()
