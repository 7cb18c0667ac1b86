"""Every part of the benchmark by its name: its marks and listings, and the digest by which a set is known."""

from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path

from benchmarks.words import first
from benchmarks.words.bazaar import make as bazaar
from benchmarks.words.cases import Case, Mark, Part
from benchmarks.words.ferry import make as ferry
from benchmarks.words.fresh import make as fresh
from benchmarks.words.sealed import make as sealed
from benchmarks.words.unread import make as unread

#: Listings of each trick, by part.
EACH = {**first.EACH, Part.FRESH: 50, Part.SEALED: 60, Part.UNREAD: 60, Part.BAZAAR: 40, Part.FERRY: 40}


def made(data: Path, part: Part, each: int) -> tuple[list[Mark], list[Case]]:
    """The marks and the listings of a part; the same for the same data and code."""
    if part is Part.FRESH:
        return fresh.made(data, each, first.PLAIN)
    if part is Part.SEALED:
        return sealed.made(data, each)
    if part is Part.UNREAD:
        return unread.made(data, each)
    if part is Part.FERRY:
        return ferry.made(data, each)
    return bazaar.made(data, each) if part is Part.BAZAAR else first.made(data, part, each)


def digest(tested: Sequence[Mark], cases: Sequence[Case]) -> str:
    """Of everything that is measured: a set with another digest is another benchmark."""
    return sha256("\n".join(map(repr, (*tested, *cases))).encode()).hexdigest()[:16]
