"""Reading files."""

from collections.abc import Iterable

from touchmark.apps.blobs import store
from touchmark.apps.blobs.models import Blob


def bytes_of(sha256: str) -> bytes:
    """
    Give the bytes of a file, as they came.

    :raises UnreadableImage: ``missing``, if none of that digest is here
    """
    return store.here()(sha256)


def blob(sha256: str) -> Blob | None:
    """Give what is known of a file."""
    return Blob.objects.filter(pk=sha256).first()


def problems_of(digests: Iterable[str]) -> dict[str, str]:
    """Give, for those of the digests that are known, why each cannot be read; "" for one that can."""
    return dict(Blob.objects.filter(pk__in=set(digests)).values_list("pk", "problem"))
