"""
What a reviewer may start from: the facts in plain words, drafted from the findings, to be read and edited.

Words follow proof: a draft says what is written where and what looks alike, and that something is suspected. It names
no reference price: that is the holder's to tell.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from touchmark.engine.terms import RightKind, Way
from touchmark.web.ui.words import RIGHT_KINDS

if TYPE_CHECKING:
    from touchmark.apps.registry.models import Right
    from touchmark.web.desk.evidence import FoundRow

#: Below this share of the usual price, a price is called far below it.
FAR_BELOW = 0.4
LONGEST_QUOTE = 80
#: The characters that turn the direction of what follows them, by their bidirectional class.
TURNS = frozenset({"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"})


def facts(found: Sequence[FoundRow], *, share: float | None, price: str) -> str:
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


def dismissal(found: Sequence[FoundRow]) -> str:
    """Give the facts of leaving a listing on sale, where the findings alone say why; blank otherwise."""
    if not found or any(row.way != Way.REFERENTIAL for row in found):
        return ""
    marks = ", ".join(dict.fromkeys(name_of(row.right) for row in found))
    return _("The listing names {marks} only to say what its goods fit or are compared with.").format(marks=marks)


def _sentences(found: Sequence[FoundRow]) -> Iterator[str]:
    ordered = sorted(found, key=lambda row: (row.right.pk, list(Way).index(Way(row.way))))
    for (_right, way), rows in groupby(ordered, key=lambda row: (row.right.pk, row.way)):
        same = list(rows)
        places = _listed(row.where for row in same)
        if way in (Way.PLAIN, Way.DISGUISED):
            yield _of_words(way, places, _listed(quoted(row.surface) for row in same), same[0].right)
        else:
            yield _of_pictures(way, places, same[0].right)


def _of_words(way: str, places: str, surfaces: str, right: Right) -> str:
    if way == Way.DISGUISED:
        text = _("In the {places}, the listing writes {surfaces}, which shoppers are likely to read as {right}.")
        return text.format(places=places, surfaces=surfaces, right=named_in_full(right))
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
