"""``/evidence``: files that are sent first and named after, in a notice, an answer, a reply, an appeal."""

import hashlib
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import wraps
from http import HTTPStatus
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router, Schema
from pydantic import Field

from touchmark.api import clock
from touchmark.api.bodies import Sent, blocks_of, length_of, require_length, require_whole
from touchmark.api.clients import Asking, may
from touchmark.api.forms import Body
from touchmark.api.once import Key, once_in_steps
from touchmark.api.problems import Refused, refusing
from touchmark.apps.blobs.evidence import Given
from touchmark.apps.clients import uploads
from touchmark.apps.clients.scopes import Scope
from touchmark.apps.clients.uploads import KEPT, Named
from touchmark.engine.screening.image.header import MOST_BYTES

router = Router(tags=["evidence"])

#: The digest of a file's bytes, as ``POST /evidence`` gave it.
Digest = Annotated[str, Field(pattern="^[0-9a-f]{64}$")]
_TYPES = ("application/octet-stream", "application/pdf", "image/jpeg", "image/png", "image/webp", "image/avif")
_BODY: dict[str, Any] = {"schema": {"type": "string", "format": "binary"}}
_DESCRIBED = {"requestBody": {"required": True, "content": {_TYPES[0]: _BODY}}}


class EvidenceOut(Schema):
    """A file that can be named now, by its digest, until a moment; ``pages`` is how many pictures are shown of it."""

    sha256: str
    size: int
    media_type: str
    pages: int
    name: str
    named_until: datetime


class FileIn(Body):
    """A file that was sent before, by its digest, and what it shows."""

    kind: Annotated[str, Field(max_length=30)]
    sha256: Digest


def reading(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Have the file that a request is in a file, under ``sent``, for as long as the operation works."""

    @wraps(view)
    def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        with TemporaryDirectory(prefix="touchmark-evidence-") as folder:
            request.sent = _read(request, Path(folder) / "file")  # type: ignore[attr-defined]
            return view(request, *args, **kwargs)

    return inner


def _read(request: HttpRequest, path: Path) -> Sent:
    if request.content_type not in _TYPES:
        detail = f"Send the bytes of the file as they are, with Content-Type: {_TYPES[0]}."
        raise Refused(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, detail)
    require_length(request)
    _require_fits(length_of(request))
    digest, size = hashlib.sha256(), 0
    with path.open("wb") as file:
        for block in blocks_of(request):
            size += len(block)
            _require_fits(size)
            digest.update(block)
            file.write(block)
    require_whole(request, size)
    return Sent(path, digest.hexdigest())


def _require_fits(size: int) -> None:
    if size > MOST_BYTES:
        detail = f"The file is too large. Send one of at most {MOST_BYTES // 1_000_000} MB."
        raise Refused(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, detail)


@router.post(
    "/evidence",
    response={201: EvidenceOut, **refusing(409, 411, 413, 415)},
    auth=may(Scope.EVIDENCE_WRITE),
    operation_id="send_evidence",
    summary="Send a file to be named after",
    openapi_extra=_DESCRIBED,
)
@reading
@once_in_steps
def send_evidence(
    request: Asking,
    name: Annotated[str, Query(max_length=200, description="What the file is called.")] = "",
    idempotency_key: Key = None,
) -> tuple[int, EvidenceOut]:
    """
    Send a photo, a scan or a PDF as the body, and name it by the digest in the answer.

    Everything else is refused, as in every form. The same file again is the one that is here, and waits as long anew.
    """
    at = clock.now()
    data = request.sent.path.read_bytes()  # type: ignore[attr-defined]
    kept = uploads.keep(data=data, name=name.replace("\0", ""), actor=request.actor, at=at)
    return HTTPStatus.CREATED, EvidenceOut(
        sha256=kept.blob_id,
        size=kept.blob.size,
        media_type=kept.blob.media_type,
        pages=len(kept.pages),
        name=kept.name,
        named_until=kept.at + KEPT,
    )


def named(request: Asking, files: Sequence[FileIn]) -> list[Given]:
    """
    Give the files that a body names.

    :raises NotSentBefore: if one of them was not sent by the organisation, or too long ago
    """
    wanted = [Named(one.sha256, one.kind) for one in files]
    return uploads.named(wanted, actor=request.actor, at=clock.now()) if wanted else []
