"""
Files that programs send before they name them: in a notice, an answer to one, a reply, an appeal.

A digest opens nothing by itself: an organisation names what it sent, and nothing else. What was not named is forgotten.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from touchmark.apps.blobs.evidence import Given, Taken, take_in
from touchmark.apps.blobs.models import Blob
from touchmark.apps.clients.models import Upload
from touchmark.engine.errors import TouchmarkError
from touchmark.engine.lifecycle.table import NotYours
from touchmark.engine.terms import Actor, Role

#: How long a file waits to be named, from when it was last sent.
KEPT = timedelta(days=7)
#: So many files one organisation has waiting at once.
MOST = 500
#: Who files something that rests on files.
SENDERS = (Role.HOLDER, Role.AGENT, Role.SELLER)


class TooManyUploads(TouchmarkError):
    """An organisation has as many files waiting to be named as it may."""


class NotSentBefore(TouchmarkError):
    """A file that is named was not sent by this organisation, or too long ago."""


@dataclass(frozen=True, slots=True)
class Named:
    """A file as a program names it: by the digest of its bytes, and what it shows."""

    sha256: str
    kind: str


def keep(*, data: bytes, name: str, actor: Actor, at: datetime) -> Upload:
    """
    Take a file in for the actor's organisation, by the checks of every form. Sent again, it is the one that is here,
    and waits as long anew.

    :raises NotYours: if the actor files nothing that rests on files
    :raises TooManyUploads: if too many wait
    :raises UnusableFile: if it is neither a picture nor a PDF that can be shown
    """
    if not actor.has(*SENDERS) or actor.organisation_id is None:
        raise NotYours("Evidence is sent by whoever names it: a holder, its agent, or a seller.")
    waiting = Upload.objects.filter(organisation=actor.organisation_id, at__gt=at - KEPT)
    if waiting.count() >= MOST:
        raise TooManyUploads(f"{MOST} files of yours wait to be named. Name them, or wait until they are forgotten.")
    taken = take_in(data, at=at)
    said = {"pages": [page.sha256 for page in taken.pages], "name": name[:200], "at": at}
    with transaction.atomic():
        kept, _ = Upload.objects.update_or_create(organisation_id=actor.organisation_id, blob=taken.file, defaults=said)
    return kept


def named(files: Iterable[Named], *, actor: Actor, at: datetime) -> list[Given]:
    """
    Give the files that a program names, in its order.

    :raises NotSentBefore: if its organisation did not send one of them, or too long ago
    """
    wanted = list(files)
    own = Upload.objects.filter(organisation=actor.organisation_id, at__gt=at - KEPT)
    found = {one.blob_id: one for one in own.filter(blob__in={one.sha256 for one in wanted}).select_related("blob")}
    pages = Blob.objects.in_bulk([page for one in found.values() for page in one.pages])
    given = []
    for place, one in enumerate(wanted):
        kept = found.get(one.sha256)
        if kept is None:
            raise NotSentBefore(
                f"files/{place}: no file {one.sha256} of yours waits here. Send it to POST /evidence first; it is kept "
                f"for {KEPT.days} days."
            )
        taken = Taken(kept.blob, [pages[page] for page in kept.pages])
        given.append(Given(taken, one.kind, kept.name or one.sha256[:12]))
    return given


def forget(*, at: datetime) -> int:
    """Forget which files were sent so long ago that nobody names them any more; give how many."""
    old = list(Upload.objects.filter(at__lte=at - KEPT).values_list("pk", flat=True)[:1_000])
    return Upload.objects.filter(pk__in=old).delete()[0]
