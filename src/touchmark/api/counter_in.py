"""What programs say of answers to notices: an answer, a reply, a suit, a ruling, a retraction; with their files."""

from datetime import date
from http import HTTPStatus
from typing import Annotated, Any, Literal, Self

from pydantic import Field, model_validator

from touchmark.api import clock
from touchmark.api.clients import Asking
from touchmark.api.evidence import Digest, FileIn, named
from touchmark.api.files import PATTERN, bytes_of
from touchmark.api.forms import Body, Said
from touchmark.api.notice_in import Particulars
from touchmark.api.once import form_key
from touchmark.api.problems import Refused
from touchmark.apps.blobs import evidence
from touchmark.apps.blobs.evidence import Taken, UnusableFile
from touchmark.apps.counters.actions import CounterForm, GivenFile
from touchmark.apps.counters.kinds import FileKind, SuitKind

MOST_FILES = 10


_SENT: dict[str, Any] = {"required": ["sha256"], "properties": {"sha256": {"type": "string"}}}
_HERE: dict[str, Any] = {"required": ["base64"], "properties": {"base64": {"type": "string"}}}


class EvidenceIn(Body):
    """
    A photo, a scan or a PDF: what it shows, and the file: by the digest of one that was sent to ``/evidence``, or its
    bytes in Base64.
    """

    model_config = {"json_schema_extra": {"oneOf": [_SENT, _HERE]}}

    kind: FileKind
    sha256: Digest | None = None
    base64: Annotated[str, Field(max_length=45_000_000, json_schema_extra={"pattern": PATTERN})] | None = None

    @model_validator(mode="after")
    def _one(self) -> Self:
        if (self.sha256 is None) == (self.base64 is None):
            raise ValueError("give the file by its sha256, or its bytes in base64")
        return self


Files = Annotated[list[EvidenceIn], Field(max_length=MOST_FILES)]


class CounterIn(Body):
    """
    An answer to a notice. What the law asks for besides goes into ``particulars``, by the names that ``lacking`` uses.
    """

    ground: Annotated[str, Field(max_length=30)] = ""
    explanation: Annotated[str, Field(max_length=10_000)] = ""
    particulars: Particulars = {}
    files: Files = []


class ReplyIn(Body):
    """
    What a holder says: ``accept`` puts the listing back; ``object`` (``files`` may show why) lets a reviewer decide, or
    under a statute is noted; ``claim_delay`` (with ``files``) lets the time for a suit stand still, until
    ``end_delay``.
    """

    said: Literal["accept", "object", "claim_delay", "end_delay"]
    text: Annotated[str, Field(max_length=10_000)] = ""
    files: Files = []


class SuitIn(Body):
    """A suit, or where the law counts it a complaint to an authority, with a file that shows it."""

    kind: SuitKind
    body: Annotated[str, Field(max_length=300)]
    number: Annotated[str, Field(max_length=120)]
    filed_on: date
    files: Files = []


class RulingIn(Body):
    """What a court has ruled since the listing was put back, with a file that shows it."""

    body: Annotated[str, Field(max_length=300)]
    number: Annotated[str, Field(max_length=120)]
    ruled_on: date
    files: Files = []


class RetractionIn(Body):
    """Why a notice is taken back; the seller reads it."""

    reason: Said


def form_of(request: Asking, counter: CounterIn, key: str | None) -> CounterForm:
    """Read an answer, with its files."""
    return CounterForm(
        request_key=form_key(request, key),
        ground=counter.ground,
        explanation=counter.explanation,
        particulars=counter.particulars,
        files=taken(request, counter.files),
    )


def taken(request: Asking, files: list[EvidenceIn]) -> list[GivenFile]:
    """Take in the files that were sent; one that cannot be taken refuses the request, with its place."""
    found = []
    for place, sent in enumerate(files):
        whole = _file(request, sent, place)
        document = whole.file.sha256
        pages = whole.pages
        found += [GivenFile(sent.kind, one.sha256, document if one != whole.file else "") for one in pages]
    return found


def _file(request: Asking, sent: EvidenceIn, place: int) -> Taken:
    if sent.base64 is None:
        (given,) = named(request, [FileIn(kind=sent.kind, sha256=sent.sha256 or "")])
        return given.taken
    try:
        return evidence.take_in(bytes_of(sent.base64), at=clock.now())
    except UnusableFile as refusal:
        raise Refused(HTTPStatus.UNPROCESSABLE_ENTITY, f"files/{place}: {refusal}") from None
