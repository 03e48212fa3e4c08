"""What an S3 server that lies, hangs or is away does to the store."""

import base64
import hashlib
import io
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from minio.error import S3Error

from records.errors import ObjectMissing, ObjectStoreUnavailable
from records.fixity import Fixity
from storage import s3
from storage.objects import make_object_store, object_key
from tests.servers.seaweedfs import S3Server

DATA = b"a page"
FIXITY = Fixity.of(DATA)


@pytest.mark.servers
def test_the_server_refuses_bytes_that_do_not_fit_their_checksum(s3_server: S3Server, s3_url: str) -> None:
    bucket = s3_url.rpartition("/")[2].partition("?")[0]
    wrong = base64.b64encode(hashlib.sha256(b"other").digest()).decode()
    with pytest.raises(S3Error) as refusal:
        s3_server.client().put_object(
            bucket, "key", io.BytesIO(DATA), len(DATA), metadata={"x-amz-checksum-sha256": wrong}
        )
    assert refusal.value.code == "BadDigest"


@pytest.mark.servers
def test_a_bucket_that_is_not_there_is_made_at_the_first_put(s3_server: S3Server) -> None:
    store = make_object_store(s3_server.url("made-at-first-put"))
    assert not store.exists(FIXITY.sha256)
    store.put(DATA, FIXITY, "text/plain")
    assert store.get(FIXITY.sha256) == DATA
    s3_server.remove_bucket("made-at-first-put")


@pytest.mark.servers
def test_an_object_keeps_its_media_type(s3_server: S3Server, s3_url: str) -> None:
    make_object_store(s3_url).put(DATA, FIXITY, "image/tiff")
    bucket = s3_url.rpartition("/")[2].partition("?")[0]
    found = s3_server.client().stat_object(bucket, object_key(FIXITY.sha256))
    assert found.content_type == "image/tiff"


@pytest.mark.servers
def test_a_damaged_object_is_missing_and_is_put_again_when_its_size_is_wrong(
    s3_server: S3Server, s3_url: str
) -> None:
    store = make_object_store(s3_url)
    store.put(DATA, FIXITY, "text/plain")
    bucket = s3_url.rpartition("/")[2].partition("?")[0]
    s3_server.client().put_object(bucket, object_key(FIXITY.sha256), io.BytesIO(b"cut"), 3)
    with pytest.raises(ObjectMissing, match="damaged"):
        store.get(FIXITY.sha256)
    store.put(DATA, FIXITY, "text/plain")
    assert store.get(FIXITY.sha256) == DATA


@pytest.mark.servers
def test_a_wrong_secret_is_an_unavailable_store(s3_server: S3Server) -> None:
    store = make_object_store(f"s3://sohoa:wrong@{s3_server.address}/bucket?secure=false")
    with pytest.raises(ObjectStoreUnavailable) as trouble:
        store.ready()
    assert "wrong" not in str(trouble.value)


def test_a_server_that_is_away_is_unavailable() -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    _expect_unavailable(port)


def test_a_server_that_takes_connections_and_says_nothing_is_given_up(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(s3, "READ_SECONDS", 0.2)
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        _expect_unavailable(silent.getsockname()[1])


def _expect_unavailable(port: int) -> None:
    store = make_object_store(f"s3://key:secret@127.0.0.1:{port}/bucket?secure=false")
    with pytest.raises(ObjectStoreUnavailable):
        store.ready()
    with pytest.raises(ObjectStoreUnavailable):
        store.put(DATA, FIXITY, "text/plain")
    with pytest.raises(ObjectStoreUnavailable):
        store.get(FIXITY.sha256)
    with pytest.raises(ObjectStoreUnavailable):
        store.exists(FIXITY.sha256)


def test_an_error_page_of_a_proxy_is_an_unavailable_store() -> None:
    with _server(_Proxy) as port:
        _expect_unavailable(port)


@pytest.mark.parametrize("keeps", [DATA, b"altered"])
def test_a_server_that_names_no_checksum_is_believed_only_after_reading_back(keeps: bytes) -> None:
    handler = type("Forgetful", (_Forgetful,), {"keeps": keeps, "stored": False})
    with _server(handler) as port:
        store = make_object_store(f"s3://key:secret@127.0.0.1:{port}/bucket?secure=false")
        if keeps == DATA:
            store.put(DATA, FIXITY, "text/plain")
        else:
            with pytest.raises(ObjectStoreUnavailable, match="did not keep"):
                store.put(DATA, FIXITY, "text/plain")


class _Proxy(BaseHTTPRequestHandler):
    """Answers everything with an HTML page."""

    def do_GET(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length") or 0))
        page = b"<html>Bad Gateway</html>"
        self.send_response(502)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(page)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(page)

    do_HEAD = do_PUT = do_POST = do_GET

    def log_message(self, *_: object) -> None:
        pass


class _Forgetful(BaseHTTPRequestHandler):
    """An old S3 server: it knows no checksums and hands out `keeps` for whatever was put."""

    keeps: bytes
    stored: bool

    def do_PUT(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        type(self).stored = True
        self._answer(200, b"")

    def do_HEAD(self) -> None:
        is_bucket = self.path.strip("/").partition("?")[0] == "bucket"
        self._answer(200 if is_bucket or self.stored else 404, self.keeps)

    def do_GET(self) -> None:
        self._answer(200, self.keeps)

    def _answer(self, status: int, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("ETag", '"0"')
        self.send_header("Last-Modified", "Tue, 01 Mar 2022 08:00:00 GMT")
        self.end_headers()
        if self.command == "GET":
            self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def _server(handler: type[BaseHTTPRequestHandler]) -> Iterator[int]:
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield server.server_address[1]
        server.shutdown()
        thread.join()
