"""
A bucket that holds the bytes, where several machines share them: any store that speaks S3.

The same names as in the folder (``ab/cd/<digest>``), written once. What comes back is compared with its digest: a
bucket is somebody else's machine.
"""

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from hashlib import sha256
from pathlib import Path

from touchmark.apps.blobs import names
from touchmark.engine.errors import TouchmarkError
from touchmark.engine.screening.image.unreadable import UnreadableImage

FAULTS: tuple[type[Exception], ...] = ()
MISSING: tuple[type[Exception], ...] = ()
try:
    import obstore
    from obstore.exceptions import BaseError, NotFoundError
    from obstore.store import S3Store
except ImportError:  # pragma: no cover  # said by ``_client``
    obstore = None  # type: ignore[assignment]
else:
    MISSING = (NotFoundError, FileNotFoundError)
    FAULTS = (BaseError, OSError)

log = logging.getLogger(__name__)
SCHEME = "s3://"


class NoObjectStore(TouchmarkError):
    """Files are to lie in a bucket, and the package that reaches one is not installed."""


class BucketAway(TouchmarkError):
    """The bucket cannot be reached, or refuses us."""


@dataclass(frozen=True, slots=True)
class Account:
    """How a bucket is reached; what is blank is what the machine's own environment says (``AWS_…``)."""

    endpoint: str = ""
    region: str = ""
    key: str = ""
    secret: str = ""

    def __repr__(self) -> str:
        return f"Account({self.endpoint!r}, {self.region!r})"  # a secret stands in no log


@dataclass(frozen=True, slots=True)
class Bucket:
    """
    Files by their SHA-256 in a bucket; called with a digest, it gives the bytes. It can be sent to another process.

    :param address: ``s3://bucket`` or ``s3://bucket/prefix``
    """

    address: str
    account: Account = Account()

    def __call__(self, digest: str, /) -> bytes:
        """
        Give the bytes of a digest.

        :raises UnreadableImage: ``missing``, if this is no digest, or the bucket has none whose bytes are those
        :raises BucketAway: if the bucket cannot be reached
        """
        data = self._get(names.of(digest)) if names.is_digest(digest) else None
        if data is None or sha256(data).hexdigest() != digest:
            if data is not None:
                log.error("what the bucket gives for a digest is not what was put there")
            raise UnreadableImage("missing")
        return data

    def put(self, data: bytes) -> str:
        """
        Write the bytes if they are not here yet, and give their digest. Two writers at once do no harm.

        :raises BucketAway: if the bucket cannot be reached
        """
        digest = sha256(data).hexdigest()
        if not self._has(names.of(digest)):
            self._put(names.of(digest), data)
        return digest

    def shown(self, digest: str, width: int) -> bytes | None:
        """Give the re-encoded picture of a width, if it was kept."""
        return self._get(names.shown(digest, width))

    def keep_shown(self, digest: str, width: int, data: bytes) -> None:
        """Keep the re-encoded picture of a width beside the bytes that it was made from."""
        self._put(names.shown(digest, width), data)

    def digests(self) -> Iterator[str]:
        """Give the digest of every file, in no order, without holding them all."""
        client = _client(self)
        try:
            for batch in obstore.list(client, chunk_size=1000):
                paths = (Path(found["path"]).name for found in batch)
                yield from (name for name in paths if names.is_digest(name))
        except FAULTS as fault:
            raise _away(fault) from fault

    def reach(self) -> None:
        """
        See whether the bucket is there.

        :raises BucketAway: if it is not
        """
        next(self.digests(), None)

    def copy_out(self, digest: str, scratch: Path) -> Path:
        """Give a file with the bytes of a digest: ``scratch``, written anew."""
        scratch.write_bytes(self(digest))
        return scratch

    def take_in(self, file: Path) -> None:
        """Put a file in; the file is not needed any more."""
        self.put(file.read_bytes())
        file.unlink()

    def _has(self, path: str) -> bool:
        client = _client(self)
        try:
            obstore.head(client, path)
        except MISSING:
            return False
        except FAULTS as fault:
            raise _away(fault) from fault
        return True

    def _get(self, path: str) -> bytes | None:
        client = _client(self)
        try:
            return bytes(obstore.get(client, path).bytes())
        except MISSING:
            return None
        except FAULTS as fault:
            raise _away(fault) from fault

    def _put(self, path: str, data: bytes) -> None:
        client = _client(self)
        try:
            obstore.put(client, path, data)
        except FAULTS as fault:
            raise _away(fault) from fault


@cache
def _client(bucket: Bucket) -> "S3Store":
    """Give the client of this process for a bucket; each try has an end, and there are few of them."""
    if obstore is None:
        raise NoObjectStore("TOUCHMARK_BLOBS names a bucket: pip install 'touchmark[bucket]'")
    account = bucket.account
    told = {
        "endpoint": account.endpoint,
        "region": account.region,
        "access_key_id": account.key,
        "secret_access_key": account.secret,
    }
    return S3Store.from_url(
        bucket.address,
        config={name: value for name, value in told.items() if value},  # type: ignore[arg-type]
        client_options={
            "timeout": "60s",
            "connect_timeout": "5s",
            "allow_http": account.endpoint.startswith("http://"),
        },
        retry_config={"max_retries": 4, "retry_timeout": timedelta(seconds=60)},
    )


def _away(fault: Exception) -> BucketAway:
    first = next(iter(str(fault).splitlines()), type(fault).__name__)
    return BucketAway(f"The bucket with the files cannot be used: {first[:300]}")
