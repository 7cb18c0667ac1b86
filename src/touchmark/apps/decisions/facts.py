"""
The facts in plain words, drafted from the findings: a reviewer reads and edits them, a rule states them as they are.

Words follow proof: a draft says what is written where and what looks alike, and that something is suspected. It names
no reference price: that is the holder's to tell.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Protocol

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from touchmark.apps.decisions import lettering
from touchmark.apps.registry.words import RIGHT_KINDS
from touchmark.engine.terms import RightKind, Way

if TYPE_CHECKING:
    from touchmark.apps.registry.models import Right
    from touchmark.apps.screening.models import Finding

#: Below this share of the usual price, a price is called far below it.
FAR_BELOW = 0.4
LONGEST_QUOTE = 80
#: The characters that turn the direction of what follows them, by their bidirectional class.
TURNS = frozenset({"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"})


#: The fields of a listing, as a sentence names them.
FIELDS: dict[str, Promise] = {
    "title": gettext_lazy("title"),
    "brand": gettext_lazy("brand"),
    "description": gettext_lazy("description"),
    "attributes": gettext_lazy("attributes"),
    "images": gettext_lazy("picture"),
}


Place = str | Promise


class Use(Protocol):
    """A use of a right as its words need it: ``where`` is the field in a word, or which picture."""

    @property
    def right(self) -> Right:
        """The right that is used."""

    @property
    def way(self) -> str:
        """How."""

    @property
    def where(self) -> Place:
        """In which field, or which picture."""

    @property
    def surface(self) -> str:
        """The words in which; blank in a picture."""


@dataclass(frozen=True, slots=True)
class Stated:
    """A use of a right, put in words where nobody edits them."""

    right: Right
    way: str
    where: Place
    surface: str

    @classmethod
    def of(cls, finding: Finding) -> Stated:
        """Word a finding; the caller may see it."""
        pictures = finding.assessment.listing.images.values_list("blob_id", flat=True)
        where = place_of(finding.field, finding.image, [picture or "" for picture in pictures])
        return cls(finding.right, finding.way, where, finding.surface)


def place_of(field: str, image: str, shown: Sequence[str]) -> Place:
    """
    Name the field in a word; of pictures, which one of those ``shown``, counted from 1 as the shopper sees them.

    It is put in words when it is read: a reviewer and the seller may read in different languages.
    """
    if image and image in shown:
        return format_lazy(gettext_lazy("picture {number}"), number=shown.index(image) + 1)
    return FIELDS.get(field, field)


def facts(found: Sequence[Use], *, share: float | None, price: str) -> str:
    """Give the facts of a restriction: one sentence for each way in which a right is used, then what follows."""
    used = [row for row in found if row.way != Way.REFERENTIAL]
    if not used:
        return ""
    sentences = list(_sentences(used))
    if share is not None and share < FAR_BELOW:
        sentences.append(
            _("At {price}, it is offered far below what the holder's own goods usually cost.").format(price=price)
        )
    sentences.append(_("We suspect that it is offered without the holder's consent."))
    return " ".join(sentences)


def to_holder(found: Sequence[Use], right: Right) -> str:
    """Give what its holder is told of a right that was found used: of that right alone, and nothing suspected."""
    used = [row for row in found if row.right.pk == right.pk and row.way != Way.REFERENTIAL]
    return " ".join(_sentences(used))


def reported(right: Right, reason: str) -> str:
    """Give the facts to start from where only a report speaks of a right: who says what, and no more."""
    text = _("The holder reports this listing under {right}: {reason}.").format(
        right=named_in_full(right), reason=reason
    )
    return " ".join([text, _("We suspect that it is offered without the holder's consent.")])


def dismissal(found: Sequence[Use]) -> str:
    """Give the facts of leaving a listing on sale, where the findings alone say why; blank otherwise."""
    if not found or any(row.way != Way.REFERENTIAL for row in found):
        return ""
    marks = ", ".join(dict.fromkeys(name_of(row.right) for row in found))
    return _("The listing names {marks} only to say what its goods fit or are compared with.").format(marks=marks)


def _sentences(found: Sequence[Use]) -> Iterator[str]:
    ordered = sorted(found, key=lambda row: (row.right.pk, list(Way).index(Way(row.way))))
    for (_right, way), rows in groupby(ordered, key=lambda row: (row.right.pk, row.way)):
        same = list(rows)
        places = _listed(str(row.where) for row in same)
        if way in (Way.PLAIN, Way.DISGUISED):
            yield _of_words(way, places, _listed(quoted(row.surface) for row in same), same[0].right)
        else:
            yield _of_pictures(way, places, same[0].right)


def _of_words(way: str, places: str, surfaces: str, right: Right) -> str:
    if way == Way.DISGUISED:
        text = _("In the {places}, the listing writes {surfaces}, which shoppers are likely to read as {right}.")
        said = text.format(places=places, surfaces=surfaces, right=named_in_full(right))
        return " ".join(part for part in (said, lettering.told(surfaces, right.text)) if part)
    text = _("In the {places}, the listing uses {surfaces}: {right}.")
    return text.format(places=places, surfaces=surfaces, right=described(right))


def _of_pictures(way: str, places: str, right: Right) -> str:
    texts = {
        Way.COPIED_IMAGE: _("In {places}, the listing appears to show a copy of {right}."),
        Way.LOGO: _("In {places}, the listing appears to show {right}."),
        Way.LOOKALIKE: _("In {places}, the listing shows goods that look like {right}."),
    }
    return texts[Way(way)].format(places=places, right=_pictured(right))


def _pictured(right: Right) -> str:
    if right.kind == RightKind.COPYRIGHT:
        text = _("a picture in which {holder} holds the copyright")
    else:
        text = _("the picture of {right}")
    return text.format(holder=holder_of(right), right=described(right))


def described(right: Right) -> str:
    """Name a right as a letter can: its kind, its holder, where it is registered."""
    text = _("the {kind} of {holder}").format(kind=RIGHT_KINDS[right.kind], holder=holder_of(right))
    numbered = " ".join(part for part in (right.office, right.number) if part)
    return f"{text} ({numbered})" if numbered else text


def named_in_full(right: Right) -> str:
    """Name a right by what it protects, then as ``described``."""
    return f"{quoted(right.text)}, {described(right)}" if right.text else described(right)


def holder_of(right: Right) -> str:
    """Give the holder as the office writes it, or as it is known here."""
    return right.owner or right.holder.name


def name_of(right: Right) -> str:
    """Name a right in a word or two."""
    return right.text or _("{kind} of {holder}").format(kind=_numbered(right), holder=holder_of(right))


def _numbered(right: Right) -> str:
    return f"{RIGHT_KINDS[right.kind]} {right.number}".strip()


def quoted(text: str) -> str:
    """Quote a piece of a listing on one line, without characters that turn the direction of what follows."""
    one_line = " ".join(text.split())
    clean = "".join(letter for letter in one_line if unicodedata.bidirectional(letter) not in TURNS)
    short = clean if len(clean) <= LONGEST_QUOTE else clean[: LONGEST_QUOTE - 1] + "…"
    return f"“{short}”"


def _listed(parts: Iterable[str]) -> str:
    kept = [*dict.fromkeys(parts)]
    if len(kept) < 2:
        return "".join(kept)
    return _("{most} and {last}").format(most=", ".join(kept[:-1]), last=kept[-1])
