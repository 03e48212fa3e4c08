"""Dossiers and papers under the names of the national synchronisation (MaHoSo, TaiLieuNop, GiayToKetQua, …)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from records.coverage import VIETNAM
from records.dossier import Channel, Dossier
from records.fixity import Fixity
from records.ids import DocumentTypeCode, DossierCode, RecordId, UnitCode
from records.record import Role

CHANNELS = {Channel.COUNTER: 1, Channel.ONLINE: 2, Channel.POST: 3}  # KenhThucHien

DOSSIER_NAMES = (
    "MaHoSo", "MaTTHC", "TenTTHC", "ChuHoSo", "NgayTiepNhan", "NgayHenTra", "NgayTra", "NgayKetThucXuLy",
    "TrangThaiHoSo", "KenhThucHien", "DonViXuLy", "HoSoCoThanhPhanSoHoa",
)  # fmt: skip
SUBMITTED_NAMES = (
    "TenTepDinhKem", "MaThanhPhanHoSo", "DuongDanTaiTepTin", "DuocSoHoa", "DuocTaiSuDung", "DuocLayTuKhoDMQG",
    "MaKetQuaThayThe",
)  # fmt: skip
RESULT_NAMES = (
    "TenGiayTo", "MaThanhPhanHoSo", "GiayToId", "DuongDanTepTinKetQua", "MaGiayToKetQua",
)  # fmt: skip
RECORD_NAMES = (
    "GiayToId", "MaHoSo", "LoaiLienKet", "MaLoaiGiayTo", "TenGiayTo", "MaThanhPhanHoSo", "DonViSoHoa", "NgaySoHoa",
    "NgayXacNhan", "SoTrang", "DuongDanTepTin", "SHA256", "KichThuoc",
)  # fmt: skip

Link = Callable[[RecordId], str]


@dataclass(frozen=True, slots=True)
class FiledPaper:
    """A paper in its dossier, as far as an export tells of it."""

    record: RecordId
    dossier: DossierCode
    role: Role
    component: str | None
    document_type: DocumentTypeCode
    unit: UnitCode  # where it was scanned
    filed_at: datetime
    confirmed_at: datetime
    values: dict[
        str, str | None
    ]  # what a person has confirmed (Circular 01/2023: stored so that it can be re-used)
    archival: Fixity
    pages: int


@dataclass(frozen=True, slots=True)
class SubmittedComponent:
    """What the case system says of a component, whether or not a paper of it is filed."""

    component: str
    name: str
    reused: bool
    from_national_store: bool
    replaced_by: str | None


def local_time(moment: datetime | None) -> str | None:
    """A moment as the export writes it: ISO 8601 in Viet Nam's time.

    >>> from datetime import UTC
    >>> local_time(datetime(2022, 3, 3, 1, tzinfo=UTC))
    '2022-03-03T08:00:00+07:00'
    """
    return None if moment is None else moment.astimezone(VIETNAM).isoformat()


def dossier_as_sync(
    dossier: Dossier,
    procedure_name: str,
    papers: Sequence[FiledPaper],
    components: Sequence[SubmittedComponent],
    name_of: Callable[[DocumentTypeCode], str],
    link: Link,
) -> dict[str, Any]:
    """A dossier with its papers. Holds the owner's name: for those who may see it only."""
    handed_in = [paper for paper in papers if paper.role is Role.COMPONENT]
    results = [paper for paper in papers if paper.role is Role.RESULT]
    return {
        "MaHoSo": dossier.code,
        "MaTTHC": dossier.procedure,
        "TenTTHC": procedure_name,
        "ChuHoSo": dossier.owner,
        "NgayTiepNhan": local_time(dossier.received_at),
        "NgayHenTra": local_time(dossier.due_at),
        "NgayTra": local_time(dossier.returned_at),
        "NgayKetThucXuLy": local_time(dossier.finished_at),
        "TrangThaiHoSo": dossier.status,
        "KenhThucHien": CHANNELS[dossier.channel] if dossier.channel else None,
        "DonViXuLy": dossier.unit,
        "HoSoCoThanhPhanSoHoa": int(bool(handed_in)),
        "TaiLieuNop": _submitted(handed_in, components, link),
        "GiayToKetQua": [
            {
                "TenGiayTo": name_of(paper.document_type),
                "MaThanhPhanHoSo": paper.component,
                "GiayToId": paper.record,
                "DuongDanTepTinKetQua": link(paper.record),
                "MaGiayToKetQua": f"{dossier.code}-KQ{number}",  # Decree 45/2020, article 14
            }
            for number, paper in enumerate(results, 1)
        ],
    }


def _submitted(
    papers: Sequence[FiledPaper], components: Sequence[SubmittedComponent], link: Link
) -> list[dict[str, Any]]:
    """Every paper that is filed as a component, then the components of which none is."""
    said = {one.component: one for one in components}
    filed = [_attachment(paper, said.get(paper.component or ""), link) for paper in papers]
    there = {paper.component for paper in papers}
    return filed + [_without_file(one) for one in components if one.component not in there]


def _attachment(paper: FiledPaper, said: SubmittedComponent | None, link: Link) -> dict[str, Any]:
    return {
        "TenTepDinhKem": f"{paper.document_type}-{paper.record}.pdf",
        "MaThanhPhanHoSo": paper.component,
        "DuongDanTaiTepTin": link(paper.record),
        "DuocSoHoa": 1,
        "DuocTaiSuDung": int(said is not None and said.reused),
        "DuocLayTuKhoDMQG": int(said is not None and said.from_national_store),
        "MaKetQuaThayThe": said.replaced_by if said else None,
    }


def _without_file(said: SubmittedComponent) -> dict[str, Any]:
    return {
        "TenTepDinhKem": said.name,
        "MaThanhPhanHoSo": said.component,
        "DuongDanTaiTepTin": None,
        "DuocSoHoa": 0,
        "DuocTaiSuDung": int(said.reused),
        "DuocLayTuKhoDMQG": int(said.from_national_store),
        "MaKetQuaThayThe": said.replaced_by,
    }


def record_as_sync(
    paper: FiledPaper, name_of: Callable[[DocumentTypeCode], str], link: Link
) -> dict[str, Any]:
    """A paper with what it says, so that nobody types it again."""
    return {
        "GiayToId": paper.record,
        "MaHoSo": paper.dossier,
        "LoaiLienKet": "GiayToKetQua" if paper.role is Role.RESULT else "TaiLieuNop",
        "MaLoaiGiayTo": paper.document_type,
        "TenGiayTo": name_of(paper.document_type),
        "MaThanhPhanHoSo": paper.component,
        "DonViSoHoa": paper.unit,
        "NgaySoHoa": local_time(paper.filed_at),
        "NgayXacNhan": local_time(paper.confirmed_at),
        "SoTrang": paper.pages,
        "DuongDanTepTin": link(paper.record),
        "SHA256": paper.archival.sha256,
        "KichThuoc": paper.archival.size,
        "ThongTin": paper.values,
    }
