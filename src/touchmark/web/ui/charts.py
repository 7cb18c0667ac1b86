"""
Charts drawn on the server: bars as plain SVG that prints in black and white, with the table that they show beneath.

A chart's title says what is found in it. Colours and patterns come from the style sheet; a bar says its own number.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from unicodedata import east_asian_width

from django.utils.formats import number_format

#: The plane that bars are drawn on, in the units of the picture: a column of labels, the bars, room for the numbers.
LABELS, BARS, NUMBERS, ROW, BAR = 152, 180, 90, 24, 14
#: What the column of labels holds, in Latin letters; a Chinese character is as wide as two.
LETTERS = 20


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a bar: how much, and which of the two fills it has (``first``, ``second``)."""

    value: float
    fill: str = "first"


@dataclass(frozen=True, slots=True)
class Bar:
    """One row of a chart: its label, its pieces, the number beside it, and where an interval around it lies."""

    label: str
    parts: tuple[Part, ...]
    said: str
    interval: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a bar as it is drawn."""

    x: float
    width: float
    fill: str


@dataclass(frozen=True, slots=True)
class Drawn:
    """A bar as it is drawn."""

    label: str
    said: str
    y: int
    middle: int
    pieces: tuple[Piece, ...]
    end: float
    whisker: tuple[float, float] | None


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart of bars, ready to be drawn: ``{% chart one %}``. ``head`` and ``table`` are what it shows, in numbers."""

    id: str
    title: str
    bars: tuple[Drawn, ...]
    head: tuple[str, ...]
    table: tuple[tuple[str, ...], ...]
    keys: tuple[tuple[str, str], ...] = ()

    @property
    def width(self) -> int:
        return LABELS + BARS + NUMBERS

    @property
    def height(self) -> int:
        return max(len(self.bars), 1) * ROW + 8

    @property
    def label_end(self) -> int:
        return LABELS - 8


def whole(number: int) -> str:
    """Write a count with its thousands parted."""
    return number_format(number, force_grouping=True)


def bars(
    id: str,
    title: str,
    rows: Sequence[Bar],
    *,
    head: Sequence[str],
    table: Sequence[Sequence[str]],
    most: float | None = None,
    keys: Sequence[tuple[str, str]] = (),
) -> Chart:
    """
    Lay bars out, all on one scale that begins at nought.

    :param most: what a whole bar stands for; the longest of the rows if it is not given
    :param keys: what each fill means, where there are two
    """
    whole = most or max((_length(row) for row in rows), default=0) or 1
    drawn = tuple(_drawn(number, row, whole) for number, row in enumerate(rows))
    return Chart(id, title, drawn, tuple(head), tuple(tuple(row) for row in table), tuple(keys))


def _length(row: Bar) -> float:
    return max(sum(part.value for part in row.parts), *(row.interval or (0, 0)))


def _drawn(number: int, row: Bar, whole: float) -> Drawn:
    y = number * ROW + 8
    pieces, x = [], float(LABELS)
    for part in row.parts:
        width = round(part.value / whole * BARS, 1)
        pieces.append(Piece(round(x, 1), width, part.fill))
        x += width
    whisker = tuple(round(LABELS + end / whole * BARS, 1) for end in row.interval) if row.interval else None
    last = max(x, whisker[1] if whisker else 0)
    return Drawn(shortened(row.label), row.said, y, y + BAR // 2, tuple(pieces), round(last + 6, 1), whisker)  # type: ignore[arg-type]


def shortened(label: str) -> str:
    """Give as much of a label as its column holds, with three dots for the rest."""
    room = LETTERS
    for place, letter in enumerate(label):
        room -= 2 if east_asian_width(letter) in "WF" else 1
        if room < 0:
            return label[: place - 1] + "…"
    return label
