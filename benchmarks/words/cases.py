"""What the benchmark is made of: marks, titles with room for a name, names as written, listings with their truth."""

from dataclasses import dataclass, field
from enum import StrEnum
from hashlib import sha256

from benchmarks.words.letters import letters


class Part(StrEnum):
    """
    Whoever tunes reads ``tune`` and ``report``, and by now ``fresh`` and what is wrongly found in ``unread``. Trees
    grow on ``train``, with other brands than any of these. ``sealed``, ``unread`` and ``bazaar`` were made later, and
    their totals are measured: ``bazaar`` and ``ferry`` are those that nobody has read.
    """

    TUNE = "tune"
    REPORT = "report"
    FRESH = "fresh"
    SEALED = "sealed"
    UNREAD = "unread"
    BAZAAR = "bazaar"
    FERRY = "ferry"
    TRAIN = "train"


class Kind(StrEnum):
    """What a listing is in the benchmark for."""

    PLAIN = "plain"
    SHORT = "short"
    DISGUISED = "disguised"
    HONEST = "honest"
    TRAP = "trap"
    NEAR = "near"
    COMPATIBLE = "compatible"


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark under test. ``local`` holds what it is called in other scripts: (language, name), not in the register."""

    right_id: str
    text: str
    goods: str  # a key of ``marks.CLASSES``
    source: str  # known, local, named or invented
    aliases: tuple[str, ...] = ()
    short: tuple[str, ...] = ()  # those aliases that are only a few letters
    classes: tuple[int, ...] = ()
    local: tuple[tuple[str, str], ...] = ()
    respelt: tuple[str, ...] = ()
    emoji: str = ""


@dataclass(frozen=True, slots=True)
class Slot:
    """A title with room for a name: between ``before`` and ``after``."""

    source: str
    before: str
    after: str
    category: str
    goods: str
    language: str = "en"

    @property
    def text(self) -> str:
        """The title without the name."""
        return f"{self.before} {self.after}"


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a field: what stands there, and which part of it is the name."""

    text: str
    start: int
    end: int

    @classmethod
    def of(cls, name: str, before: str = "", after: str = "") -> "Piece":
        """A name, and what is glued to it."""
        return cls(f"{before}{name}{after}", len(before), len(before) + len(name))


@dataclass(frozen=True, slots=True)
class Written:
    """A name as somebody writes it: pieces by field; what is in ``title`` goes into the slot."""

    title: Piece
    elsewhere: tuple[tuple[str, Piece], ...] = ()  # brand, attributes, description


@dataclass(frozen=True, slots=True)
class Case:
    """One listing and what is true of it."""

    kind: Kind
    family: str
    variant: str
    held: bool  # a trick that ``tune`` does not show
    mark: Mark | None
    title: str
    brand: str | None = None
    description: str | None = None
    attributes: str | None = None
    category: str | None = None
    source: str = ""
    spans: tuple[tuple[str, int, int], ...] = field(default=())


def part_of(name: str) -> Part:
    """Which of the first two parts a brand belongs to: its letters alone decide, so that it never changes sides."""
    return Part.TUNE if sha256(letters(name).encode()).digest()[21] % 2 else Part.REPORT


def seed_of(*words: object) -> int:
    """A seed that depends on these words and on nothing else."""
    return int.from_bytes(sha256("\0".join(map(str, words)).encode()).digest()[:8], "big")
