"""A dossier for the archive: its papers as PDF/A with their words, what is known of them, and the fixity of it all."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from config.wiring import Services
from records.coverage import VIETNAM
from records.dossier import Dossier
from records.errors import NotAllowed, NotFound
from records.fixity import Fixity
from records.ids import DossierCode
from records.page import Page
from records.record import Record
from records.staff import WHOLE_OFFICE, Scope
from records.states import RecordState
from storage.database import Transaction
from workers.bag import Bag, new_bag
from workers.exporting import Contents, contents_of

PROFILE = "sohoa archive package 1"


def write_package(services: Services, code: DossierCode, folder: Path, scope: Scope, actor: str) -> Path:
    """Write the dossier as a BagIt bag into the folder, under its code; returns where it lies.

    Raises DossierUnknown, NotFound when no paper is filed in it, NotAllowed when one lies beyond the scope,
    InvalidValue when the bag is there already, or BackendUnavailable. The bag is complete or absent.
    """
    with services.database.snapshot() as tx:
        dossier = tx.dossiers.get(code, scope)
        papers = _papers(tx, code, scope)
        pages = {record.id: tx.pages.of_record(record.id) for record in papers}
        known = contents_of(tx, [dossier], services.settings.base_url, WHOLE_OFFICE)
    filed = [record for record in papers if record.state is RecordState.FILED]
    if not filed:
        raise NotFound("no paper is filed in this dossier yet")
    target, now = folder / code, datetime.now(UTC)
    with new_bag(target) as bag:
        for number, record in enumerate(filed, 1):
            _add_paper(services, bag, _place(number, record), record, pages[record.id])
        bag.add("dossier.json", [_dossier_json(dossier, known, len(papers) - len(filed))])
        bag.close(_info(dossier, now, len(filed)))
    _remember(services, code, actor, len(filed), now)
    return target


def _papers(tx: Transaction, code: DossierCode, scope: Scope) -> tuple[Record, ...]:
    """All papers of the dossier, wherever they were scanned: a package with gaps would be none."""
    papers = tx.records.of_dossier(code, WHOLE_OFFICE)
    if any(not scope.covers(record.unit) for record in papers):
        raise NotAllowed("papers of this dossier were scanned in units that this account does not reach")
    return papers


def _place(number: int, record: Record) -> str:
    kind = record.confirmation.document_type if record.confirmation else "paper"
    return f"papers/{number:03}-{kind}"


def _add_paper(services: Services, bag: Bag, place: str, record: Record, pages: tuple[Page, ...]) -> None:
    assert record.archival is not None
    bag.add(f"{place}/document.pdf", services.objects.open(record.archival.sha256))
    for number, page in enumerate(pages, 1):
        if page.text is not None:
            bag.add(f"{place}/alto/{number:04}.xml", services.objects.open(page.text.sha256))
    bag.add(f"{place}/metadata.json", [_json(_metadata(record, pages))])


def _metadata(record: Record, pages: tuple[Page, ...]) -> dict[str, Any]:
    """Who answers for the paper, what it says, and the fixity of its lasting copy and of each page's master image."""
    confirmation, archival = record.confirmation, record.archival
    assert confirmation is not None
    return {
        "record": record.id,
        "version": record.version,
        "dossier": confirmation.tag.code,
        "role": confirmation.tag.role.value,
        "component": confirmation.tag.component,
        "document_type": confirmation.document_type,
        "fields": confirmation.values,
        "confirmed_by": confirmation.by,
        "confirmed_at": confirmation.at.isoformat(),
        "scanned_in": record.unit,
        "batch": record.batch,
        "document": None if archival is None else _fixity(archival),
        "pages": [
            {
                "number": number,
                "image": _fixity(page.image),
                "media_type": page.media_type,
                "dpi": page.quality.dpi,
                "alto": None if page.text is None else _fixity(page.text),
            }
            for number, page in enumerate(pages, 1)
        ],
    }


def _fixity(fixity: Fixity) -> dict[str, object]:
    return {"sha256": fixity.sha256, "size": fixity.size}


def _dossier_json(dossier: Dossier, known: Contents, not_filed: int) -> bytes:
    """The dossier under the sync names; papers that are confirmed and not filed yet are counted, not packed."""
    return _json({"profile": PROFILE, "HoSo": known.as_sync(dossier), "papers_not_filed": not_filed})


def _json(content: dict[str, Any]) -> bytes:
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()


def _info(dossier: Dossier, now: datetime, papers: int) -> dict[str, str]:
    """No person's data: bag-info.txt is read by whoever handles the bag."""
    return {
        "Bag-Software-Agent": "sohoa 0.1.0",
        "Bagging-Date": now.astimezone(VIETNAM).date().isoformat(),
        "External-Identifier": dossier.code,
        "Internal-Sender-Identifier": dossier.unit,
        "Internal-Sender-Description": f"{PROFILE}: {papers} papers",
    }


def _remember(services: Services, code: DossierCode, actor: str, papers: int, now: datetime) -> None:
    with services.database.transaction() as tx:
        tx.audit.append(actor, "dossier.packaged", code, {"papers": papers}, now)
