"""
Recycled evidence: pages of one account that another account sent before, scanned again, photographed or edited too.

Each page is compared once, in the background; nothing follows but that a reviewer sees both. Proof of who somebody is
is left out: it is nobody's evidence about goods.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

import numpy as np
from django.core.cache import cache
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from touchmark.apps.blobs import queries as blobs
from touchmark.apps.counters.kinds import FileKind
from touchmark.apps.counters.models import CounterFile
from touchmark.apps.desk.kinds import Source
from touchmark.apps.desk.models import Recycled, SeenPage
from touchmark.apps.gates.models import ProofFile
from touchmark.apps.notices.models import EvidencePage
from touchmark.engine.lifecycle.filing import FilingStatus
from touchmark.engine.screening.image import documents
from touchmark.engine.screening.image.unreadable import UnreadableImage

#: So many pages are compared in one pass, each with so many of those nearest by their codes.
BATCH, NEAREST = 5, 40
#: So often it is looked for new pages when there were none, in seconds.
EVERY = 5
#: What differs in a byte is never said to be all the same.
JUST_NOT_ALL = 0.9999
#: With more than these nothing is told of a page: it is a form that everybody fills in.
MOST = 10


@dataclass(frozen=True, slots=True)
class New:
    """A page that was not compared yet."""

    source: Source
    key: int
    blob: str
    organisation: int
    about: str
    given_at: datetime


def keep_up(*, at: datetime) -> int:  # as all that a worker does
    """Compare a few pages that came lately with those of other accounts, the earliest first, and give how many."""
    if cache.get("no-new-evidence"):
        return 0
    pages = sorted(_new(BATCH), key=lambda page: page.given_at)[:BATCH]
    if not pages:
        cache.set("no-new-evidence", "yes", EVERY)
    for page in pages:
        _compare(page)
    return len(pages)


def _new(size: int) -> Iterator[New]:
    for source, rows in _sources().items():
        seen = SeenPage.objects.filter(source=source, source_key=OuterRef("pk"))
        for row in rows.filter(~Exists(seen)).order_by("pk")[:size]:
            yield New(source, *row)


def _sources() -> dict[Source, QuerySet[Any, Any]]:
    """Give the pages of each room that keeps some: key, file, whose, of what. A holder's papers of a suit are none."""
    unsent = (FilingStatus.DRAFT, FilingStatus.UNCONFIRMED)
    notices = EvidencePage.objects.exclude(evidence__notice__status__in=unsent)
    answers = CounterFile.objects.filter(by_holder=False).exclude(kind=FileKind.IDENTITY)
    return {
        Source.NOTICE: notices.values_list(
            "pk", "blob", "evidence__notice__holder", "evidence__notice__ref", "evidence__added_at"
        ),
        Source.ANSWER: answers.values_list("pk", "blob", "counter__seller", "counter__ref", "given_at"),
        Source.PROOF: ProofFile.objects.values_list(
            "pk", "blob", "proof__organisation", "proof__ref", "proof__filed_at"
        ),
    }


@transaction.atomic
def _compare(new: New) -> None:
    """Note a page, and which earlier ones of other accounts are largely the same."""
    code = _code(new.blob)
    named = {"organisation_id": new.organisation, "blob_id": new.blob, "about": new.about}
    page, fresh = SeenPage.objects.get_or_create(
        source=new.source, source_key=new.key, defaults=named | {"code": code, "given_at": new.given_at}
    )
    if not fresh:  # another worker was first
        return
    others = SeenPage.objects.exclude(organisation=new.organisation)
    same = dict.fromkeys(others.filter(blob=new.blob).values_list("pk", flat=True), 1.0)
    alike = _largely_the_same(new.blob, code, others.exclude(pk__in=same)) if code else {}
    found = sorted((same | alike).items(), key=lambda pair: -pair[1])[: MOST + 1]
    if len(found) <= MOST:
        Recycled.objects.bulk_create(Recycled(page=page, earlier_id=key, share=share) for key, share in found)


def _code(blob: str) -> bytes:
    try:
        return documents.code_of(blobs.bytes_of(blob)) or b""
    except UnreadableImage:
        return b""


def _largely_the_same(blob: str, code: bytes, others: QuerySet[SeenPage]) -> dict[int, float]:
    """Lay the nearest of the others over a page, each file once, and give those that are largely the same."""
    held = list(others.exclude(code=b"").values_list("pk", "blob_id", "code"))
    if not held:
        return {}
    codes = np.frombuffer(b"".join(bytes(one) for _, _, one in held), np.uint8).reshape(len(held), -1)
    apart = np.unpackbits(codes ^ np.frombuffer(code, np.uint8), axis=1).sum(axis=1)
    near = [held[place] for place in np.argsort(apart, kind="stable")[:NEAREST].tolist()]
    page = documents.page_of(blobs.bytes_of(blob))
    shares = {name: _share(page, name) for name in {name for _, name, _ in near}}
    return {
        key: min(round(shares[name], 4), JUST_NOT_ALL) for key, name, _ in near if shares[name] >= documents.LEAST_SHARE
    }


def _share(page: documents.Page, earlier: str) -> float:
    try:
        return documents.share_of(page, _page(earlier))
    except UnreadableImage:  # kept no more
        return 0.0


@lru_cache(maxsize=200)
def _page(blob: str) -> documents.Page:
    """The same few pages are near to many; each takes some 10 MB."""
    return documents.page_of(blobs.bytes_of(blob))


def found_of(source: Source, abouts: Collection[str]) -> dict[str, list[Recycled]]:
    """Give, for each of these notices, answers or proofs, which of its pages other accounts used before."""
    found: defaultdict[str, list[Recycled]] = defaultdict(list)
    rows = Recycled.objects.filter(page__source=source, page__about__in=list(abouts))
    for row in rows.select_related("page", "earlier__organisation").order_by("-share", "pk"):
        found[row.page.about].append(row)
    return dict(found)
