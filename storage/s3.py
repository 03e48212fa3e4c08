"""Objects in a bucket of any S3-compatible server, through the minio client."""

from __future__ import annotations

import base64
import io
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import urllib3
from minio import Minio
from minio.error import MinioException, S3Error
from urllib3.exceptions import HTTPError

from records.disk import room_needed
from records.errors import ObjectMissing, ObjectStoreUnavailable
from records.fixity import Fixity, Sha256
from storage.content import CHUNK, chunks_of, expected, intact, is_sha256, lost, object_key

CONNECT_SECONDS = 3
READ_SECONDS = 8  # without a byte; a dead server is to be told from a busy one within ten seconds
CONNECTIONS = 16

MIN_PART_SIZE = 5 * 1024 * 1024  # bytes, S3's own bound

_CHECKSUM = "x-amz-checksum-sha256"
_GONE = {"NoSuchKey", "NoSuchBucket"}  # a bucket that is not there yet holds no object
_OURS_ALREADY = {"BucketAlreadyOwnedByYou", "BucketAlreadyExists"}


class S3Store:
    """An ObjectStore in a bucket, which is made if it is not there. `host` is HOST or HOST:PORT.

    Every object goes up in one request with its SHA-256, which AWS, MinIO and SeaweedFS check against what they
    received; from a server that does not say that it did, the object is read back.
    """

    def __init__(
        self, host: str, bucket: str, *, key: str, secret: str, secure: bool = True, region: str = "us-east-1"
    ) -> None:
        self._bucket = bucket
        self._bucket_seen = False
        self._http = urllib3.PoolManager(
            timeout=urllib3.Timeout(connect=CONNECT_SECONDS, read=READ_SECONDS),
            maxsize=CONNECTIONS,
            retries=urllib3.Retry(
                total=1, connect=1, read=0, other=0, status=0, redirect=0, backoff_factor=0.2
            ),
        )
        self._client = Minio(
            host, access_key=key, secret_key=secret, secure=secure, region=region, http_client=self._http
        )

    def put(self, data: bytes | Path, fixity: Fixity, media_type: str) -> None:
        if self._is_whole(fixity):
            return
        self._ensure_bucket()
        body = b"".join(expected(chunks_of(data), fixity))
        checksum = base64.b64encode(bytes.fromhex(fixity.sha256)).decode()
        with _troubles():
            answer = self._client.put_object(
                self._bucket,
                object_key(fixity.sha256),
                io.BytesIO(body),
                len(body),
                content_type=media_type,
                metadata={_CHECKSUM: checksum},
                part_size=max(len(body), MIN_PART_SIZE),  # one request: the checksum covers the whole
            )
        if answer.http_headers is None or answer.http_headers.get(_CHECKSUM) != checksum:
            self._read_back(fixity.sha256)

    def get(self, sha256: Sha256) -> bytes:
        return b"".join(self._read(sha256))

    def open(self, sha256: Sha256) -> Iterator[bytes]:
        self.size(sha256)
        return self._read(sha256)

    def size(self, sha256: Sha256) -> int:
        with _troubles(sha256):
            return int(self._client.stat_object(self._bucket, object_key(sha256)).size or 0)

    def exists(self, sha256: Sha256) -> bool:
        try:
            self.size(sha256)
        except ObjectMissing:
            return False
        return True

    def listed(self) -> Iterator[Sha256]:
        if not self._bucket_is_there():
            return
        with _troubles():
            for thing in self._client.list_objects(self._bucket, recursive=True):
                name = str(thing.object_name).rpartition("/")[2]
                if is_sha256(name):
                    yield Sha256(name)

    @contextmanager
    def path_or_copy(self, sha256: Sha256) -> Iterator[Path]:
        with ExitStack() as stack:
            with room_needed():
                path = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="sohoa-"))) / sha256
                with path.open("wb") as file:
                    for chunk in self._read(sha256):
                        file.write(chunk)
            yield path

    def ready(self) -> None:
        self._bucket_seen = False
        self._ensure_bucket()

    def _is_whole(self, fixity: Fixity) -> bool:
        """Whether the object is there. One of another size is what a failing disk left: it is written again."""
        try:
            return self.size(fixity.sha256) == fixity.size
        except ObjectMissing:
            return False

    def _bucket_is_there(self) -> bool:
        with _troubles():
            return bool(self._client.bucket_exists(self._bucket))

    def _ensure_bucket(self) -> None:
        if self._bucket_seen:
            return
        with _troubles():
            try:
                if not self._client.bucket_exists(self._bucket):
                    self._client.make_bucket(self._bucket)
            except S3Error as error:
                if error.code not in _OURS_ALREADY:
                    raise
        self._bucket_seen = True

    def _read_back(self, sha256: Sha256) -> None:
        try:
            for _ in self._read(sha256):
                pass  # read to its end, it is verified
        except ObjectMissing as error:
            raise ObjectStoreUnavailable("the object store did not keep what it was given") from error

    def _read(self, sha256: Sha256) -> Iterator[bytes]:
        with _troubles(sha256):
            response = self._client.get_object(self._bucket, object_key(sha256))
            try:
                yield from intact(response.stream(CHUNK), sha256)
            finally:
                response.close()
                response.release_conn()


@contextmanager
def _troubles(sha256: Sha256 | None = None) -> Iterator[None]:
    """The client's and the network's errors as errors of the tree; a key that is not there is a lost object."""
    try:
        yield
    except S3Error as error:
        if sha256 is not None and error.code in _GONE:
            raise lost(sha256) from error
        raise ObjectStoreUnavailable(f"the object store refuses: {error.code}") from error
    except (MinioException, HTTPError) as error:
        raise ObjectStoreUnavailable(f"the object store does not answer: {type(error).__name__}") from error
