"""Who lives in the office of the API tests, and what they do, in short words."""

from __future__ import annotations

import hashlib
import socket
import threading
import uuid
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from io import BytesIO
from typing import Any, TypeAlias

import uvicorn
from argon2 import PasswordHasher
from fastapi import FastAPI
from httpx import Client, Response
from PIL import Image
from starlette.types import Receive, Scope, Send

from api.app import Pages, make_app
from api.passwords import Passwords
from api.tokens import TokenKind, new_csrf, new_token, token_hash
from config.wiring import Services
from ocr.alto import to_alto
from records.batch import ScanBatch
from records.dossier import Dossier
from records.fixity import Fixity
from records.ids import (
    BatchId,
    DocumentTypeCode,
    DossierCode,
    ProcedureCode,
    RecordId,
    StaffId,
    StationId,
    UnitCode,
    file_id,
    new_id,
)
from records.page import Box, EngineStamp, Line, PageText, QualityFlag, QualityReport, Word
from records.record import Classification, Field, Record
from records.staff import WHOLE_OFFICE, Staff, StaffRole, Station
from records.steps import Step, Todo
from tests.contract.office import Office, a_page, a_record
from workers.tasks import Enqueue

START = datetime(2022, 3, 1, 8, 0, tzinfo=UTC)
WARD, OTHER_WARD = UnitCode("P1"), UnitCode("P2")
CODE = DossierCode("H58.30-220303-0012")
PASSWORD = "correct horse 1"
LARGEST_MB = 2

Tokens: TypeAlias = dict[str, str]


def cheap_passwords() -> Passwords:
    """argon2id that takes no time: the cost is a parameter, the code is the same."""
    return Passwords(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))


def furnish(services: Services) -> Tokens:
    """Put in staff of every role, stations and a dossier; returns everybody's token by name."""
    tokens = {role.value: hire(services, role.value, role, WARD) for role in StaffRole}
    tokens["other-clerk"] = hire(services, "other-clerk", StaffRole.CLERK, OTHER_WARD)
    tokens["chief-auditor"] = hire(services, "chief-auditor", StaffRole.AUDITOR, None)
    for name, unit in (("station", WARD), ("second-station", WARD), ("other-station", OTHER_WARD)):
        tokens[name] = install(services, name, unit)
    with services.database.transaction() as tx:
        tx.dossiers.upsert([Dossier(CODE, ProcedureCode("1.001193"), WARD, START)], "test", START)
    return tokens


def hire(services: Services, name: str, role: StaffRole, unit: UnitCode | None) -> str:
    """An account with a session; no unit means the whole office, as every administrator has it."""
    everywhere = unit is None or role is StaffRole.ADMINISTRATOR
    person = Staff(StaffId(new_id()), name, role, (unit,) if unit else (), everywhere=everywhere)
    token, now = new_token(TokenKind.SESSION), datetime.now(UTC)
    with services.database.transaction() as tx:
        tx.accounts.add(person, cheap_passwords().hash(PASSWORD), now)
        tx.sessions.open(token_hash(token), person.id, new_csrf(), now, now + timedelta(days=1))
    return token


def install(services: Services, name: str, unit: UnitCode) -> str:
    """A station with a key."""
    key = new_token(TokenKind.STATION)
    with services.database.transaction() as tx:
        tx.stations.add(Station(StationId(name), name, unit), token_hash(key), START)
    return key


class Stage:
    """A real server on the loopback, on which one app after the other plays: starting one takes longer than a test."""

    def __init__(self) -> None:
        self.app = FastAPI()
        self._socket = socket.create_server(("127.0.0.1", 0))
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)  # as the server of the program
        self.url = f"http://127.0.0.1:{self._socket.getsockname()[1]}"
        config = uvicorn.Config(
            self._play,
            interface="asgi3",
            log_config=None,
            lifespan="off",
            forwarded_allow_ips="127.0.0.1",
            timeout_graceful_shutdown=5,
        )
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._server.run, args=([self._socket],))

    async def _play(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self.app(scope, receive, send)

    def __enter__(self) -> Stage:
        self._thread.start()
        return self

    def __exit__(self, *failure: object) -> None:
        self._server.should_exit = True
        self._thread.join()
        self._socket.close()


@dataclass
class World:
    """The app, its callers, and what it has asked the pipeline for."""

    services: Services
    app: FastAPI
    client: Client
    asked: list[Todo]
    tokens: Tokens

    @classmethod
    @contextmanager
    def of(
        cls,
        services: Services,
        stage: Stage,
        tokens: Tokens,
        enqueue: Enqueue | None = None,
        pages: Pages | None = None,
    ) -> Iterator[World]:
        """Without `enqueue`, steps that are asked for are only noted; without `pages`, there are no screens."""
        asked: list[Todo] = []
        stage.app = make_app(services, enqueue or asked.extend, passwords=cheap_passwords(), pages=pages)
        with Client(base_url=stage.url, timeout=30) as client:
            yield cls(services, stage.app, client, asked, dict(tokens))

    # --- calls ---

    def call(self, who: str | None, method: str, path: str, **options: Any) -> Response:
        """A request by somebody, or by nobody."""
        headers = dict(options.pop("headers", {}))
        if who is not None:
            headers["Authorization"] = f"Bearer {self.tokens[who]}"
        return self.client.request(method, path, headers=headers, **options)

    def get(self, who: str | None, path: str, **options: Any) -> Response:
        return self.call(who, "GET", path, **options)

    def post(self, who: str | None, path: str, json: Any = None, **options: Any) -> Response:
        return self.call(who, "POST", path, json=json, **options)

    # --- what a station does ---

    def open(self, *files: bytes, who: str = "station", batch: str | None = None) -> str:
        """Declare these files; returns the batch's id."""
        key = batch or str(uuid.uuid4())
        answer = self.post(who, "/api/batches", declaration(key, files))
        assert answer.status_code in (200, 201), answer.text
        return key

    def put(
        self, batch: str, sequence: int, data: bytes, *, who: str = "station", sha256: str = ""
    ) -> Response:
        headers = {"X-Content-SHA256": sha256 or hashlib.sha256(data).hexdigest()}
        return self.call(who, "PUT", f"/api/batches/{batch}/files/{sequence}", content=data, headers=headers)

    def send(self, *files: bytes, who: str = "station") -> str:
        """Declare, send and complete a batch; returns its id."""
        batch = self.open(*files, who=who)
        for sequence, data in enumerate(files, 1):
            assert self.put(batch, sequence, data, who=who).status_code == 201
        assert self.post(who, f"/api/batches/{batch}/complete").status_code == 200
        return batch

    # --- what the pipeline does ---

    def read(self, batch: str, pages: int = 1) -> list[Record]:
        """Every file as one record of so many pages that waits for a clerk; images and words are stored."""
        office = Office(self.services.database, datetime.now(UTC))
        with self.services.database.snapshot() as tx:
            scan = tx.batches.get(BatchId(batch), WHOLE_OFFICE)
        return [self._read(office, scan, file.sequence, pages) for file in scan.declared]

    def _read(self, office: Office, scan: ScanBatch, sequence: int, count: int) -> Record:
        file = file_id(scan.id, sequence)
        image, words = self.store(JPEG, "image/jpeg"), self.store(alto(), "application/xml")
        pages = [
            replace(a_page(file, number), image=image, width=WIDTH, height=HEIGHT, quality=POOR)
            for number in range(1, count + 1)
        ]
        record = a_record(scan, [page.id for page in pages], office.now)
        rasterise, database = office.claimed(Step.RASTERISE, file), self.services.database
        with database.transaction() as tx:
            tx.batches.rasterised(rasterise, pages, [record], office.now)
        for page in pages:
            recognise = office.claimed(Step.RECOGNISE, page.id)
            with database.transaction() as tx:
                tx.pages.recognised(recognise, words, 0.9, "fixed", office.now)
        return office.classify(record, ("type_unsure",))

    def rasterise(self, batch: str, sequence: int) -> None:
        """A file as one page and one record, which nobody has read yet."""
        office = Office(self.services.database, datetime.now(UTC))
        with self.services.database.snapshot() as tx:
            scan = tx.batches.get(BatchId(batch), WHOLE_OFFICE)
        office.rasterise(scan, sequence)

    def classify(self, record: RecordId) -> Record:
        """A record that is read and waits for its classification, as the pipeline leaves it."""
        office = Office(self.services.database, datetime.now(UTC))
        return office.classify(office.record(record), ("type_unsure",))

    def store(self, data: bytes, media_type: str) -> Fixity:
        fixity = Fixity.of(data)
        self.services.objects.put(data, fixity, media_type)
        return fixity

    def a_record(self, data: bytes = b"%PDF-1.7 one", *, who: str = "station") -> Record:
        """A record of the caller's ward that waits for a clerk."""
        return self.read(self.send(data, who=who))[0]

    def waiting(self, kind: str, **values: str) -> Record:
        """A paper of the caller's ward that waits for a clerk, taken for this type, of which this was read."""
        waiting = self.a_record(b"%PDF-1.7 again")
        fields = tuple(Field(name, value, 0.99) for name, value in values.items())
        proposed = Classification(DocumentTypeCode(kind), 0.99)
        read = replace(waiting, fields=fields, classification=proposed, version=waiting.version + 1)
        with self.services.database.transaction() as tx:
            return tx.records.save(
                read, expected_version=waiting.version, actor="test", action="read", at=START
            )

    def file(self, record: Record) -> None:
        """The lasting copy of a confirmed record, as the pipeline files it."""
        office = Office(self.services.database, datetime.now(UTC))
        claim = office.claimed(Step.FILE, record.id)
        archival = self.store(b"%PDF-1.7 lasting", "application/pdf")
        with self.services.database.transaction() as tx:
            tx.records.filed(claim, office.record(record.id).filed(archival), office.now)

    def fail_filing(self, record: Record) -> None:
        """The lasting copy of a confirmed record could not be made."""
        office = Office(self.services.database, datetime.now(UTC))
        claim = office.claimed(Step.FILE, record.id)
        with self.services.database.transaction() as tx:
            tx.records.filing_failed(claim, "filing_failed", office.now)

    def confirm(
        self, record: Record, *, who: str = "clerk", version: int | None = None, **parts: Any
    ) -> Response:
        """A clerk's word for a record, based on this version."""
        body = {"document_type": "QD", "fields": {}, "dossier": {"code": CODE, "role": "result"}, **parts}
        headers = {"If-Match": f'"{version or record.version}"'}
        path = f"/api/records/{record.id}/confirmation"
        return self.call(who, "PUT", path, json=body, headers=headers)


def declaration(batch: str, files: Iterable[bytes], **parts: Any) -> dict[str, Any]:
    """The body that opens a batch."""
    declared = [
        {"sequence": n, "name": f"{n}.pdf", "sha256": hashlib.sha256(data).hexdigest(), "size": len(data)}
        for n, data in enumerate(files, 1)
    ]
    return {"id": batch, "operator": "lan", "files": declared, **parts}


def jpeg(width: int, height: int) -> bytes:
    """A page that is white above and red below, so that one sees how it is turned."""
    image = Image.new("RGB", (width, height), "white")
    image.paste("red", (0, height // 2, width, height))
    out = BytesIO()
    image.save(out, "JPEG")
    return out.getvalue()


def alto() -> bytes:
    """The words of a page that lies on its side."""
    word = Word(SECRET_TEXT, Box(10, 10, 90, 30), 0.9)
    text = PageText(WIDTH, HEIGHT, (Line((word,), word.box),), EngineStamp("fixed", "1"), rotation=90)
    return to_alto(text, page_id="page")


WIDTH, HEIGHT = 400, 600
JPEG = jpeg(WIDTH, HEIGHT)
SECRET_TEXT = "NguyễnVănAnh"  # what must never be seen in a log
POOR = QualityReport(
    150, "pdf", "colour", 0.5, 0.8, 0.1, ("right",), (QualityFlag.LOW_RESOLUTION, QualityFlag.CUT_OFF)
)
