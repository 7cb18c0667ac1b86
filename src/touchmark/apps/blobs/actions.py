"""Keeping files."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from touchmark.apps.blobs import store
from touchmark.apps.blobs.look import look
from touchmark.apps.blobs.models import Blob


def keep(data: bytes, *, at: datetime) -> Blob:
    """
    Keep a file under the digest of its bytes. Kept again, by whomever, it is the same one.

    A picture that cannot be read is kept too, and says why in ``problem``.
    """
    return keep_many([data], at=at)[0]


def keep_many(files: Iterable[bytes], *, at: datetime) -> list[Blob]:
    """
    Keep files, one in memory at a time, and give what is known of each, in order.

    The bytes are on disk before a row says so; killed between the two, a file lies there that nobody names, and keeping
    it again makes it whole.
    """
    folder = store.here()
    digests = [folder.put(data) for data in files]
    known = Blob.objects.in_bulk(list(set(digests)))
    new = {digest: _blob(folder, digest, at) for digest in digests if digest not in known}
    with transaction.atomic():
        Blob.objects.bulk_create(new.values(), ignore_conflicts=True)
    return [known.get(digest) or new[digest] for digest in digests]


def _blob(folder: store.Files, digest: str, at: datetime) -> Blob:
    data = folder(digest)
    seen = look(data)
    return Blob(
        sha256=digest,
        size=len(data),
        media_type=seen.media_type,
        width=seen.width,
        height=seen.height,
        problem=seen.problem,
        stored_at=at,
    )
