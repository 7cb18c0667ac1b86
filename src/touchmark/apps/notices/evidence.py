"""Files that a notice rests on: photos, scans and PDFs, by the element of the law that each gives."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from touchmark.apps.blobs.evidence import Given, take_in
from touchmark.apps.notices.limits import FILES, TooManyAtOnce
from touchmark.apps.notices.models import Evidence, EvidencePage, Notice
from touchmark.engine.errors import TouchmarkError

#: The elements that a file can give, in the order in which a form shows them.
KINDS = ("evidence", "comparison", "claim_chart", "proof_of_right", "authority")


class UnknownEvidence(TouchmarkError):
    """A file is said to show what no file shows."""


@dataclass(frozen=True, slots=True)
class Sent:
    """One file as it came: its bytes, the name that it was sent under, and of which element it is."""

    data: bytes
    name: str
    kind: str


@transaction.atomic
def add(notice: Notice, file: Sent, *, at: datetime) -> Evidence:
    """
    Keep a file with a notice; the same one again is the one that is here. The caller holds the notice's row.

    :raises UnusableFile: if it is neither a picture nor a PDF that can be shown
    :raises UnknownEvidence: if it is of no known kind
    :raises TooManyAtOnce: if the notice has as many files as it may
    """
    _require_room(notice, file.kind)
    return _kept(notice, Given(take_in(file.data, at=at), file.kind, file.name), at)


@transaction.atomic
def attach(notice: Notice, files: Iterable[Given], *, at: datetime) -> None:
    """
    Keep files with a notice that were taken in before, as ``add`` does. The caller holds the notice's row.

    :raises UnknownEvidence, TooManyAtOnce: as ``add``
    """
    for file in files:
        _require_room(notice, file.kind)
        _kept(notice, file, at)


def _require_room(notice: Notice, kind: str) -> None:
    if kind not in KINDS:
        raise UnknownEvidence(f"'{kind}' is nothing that a file shows; there are: {', '.join(KINDS)}.")
    if notice.evidence.count() >= FILES:
        raise TooManyAtOnce(_("A notice has at most %(most)d files. Take one out first.") % {"most": FILES})


def _kept(notice: Notice, file: Given, at: datetime) -> Evidence:
    said = {"name": file.name[:200], "added_at": at}
    kept, new = Evidence.objects.get_or_create(notice=notice, blob=file.taken.file, kind=file.kind, defaults=said)
    if new:
        pages = enumerate(file.taken.pages, 1)
        EvidencePage.objects.bulk_create(EvidencePage(evidence=kept, place=place, blob=page) for place, page in pages)
    return kept


@transaction.atomic
def take_out(notice: Notice, key: int) -> None:
    """Take a file out of a notice. The caller holds the notice's row; one that is not there is not missed."""
    notice.evidence.filter(pk=key).delete()


def of(notice: Notice) -> QuerySet[Evidence]:
    """Give the files of a notice, which the caller has got through ``access``, with their pages, in two queries."""
    return notice.evidence.prefetch_related("pages")
