"""
A listing's attributes as names and values, with the marks found in them.

The marketplace sends them as JSON and findings point into that very text, while a shopper sees a table: this module
reads the JSON with the place of every character, so that a span of the text becomes a span of what is shown.
"""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from touchmark.web.ui.marked import Span

_PIECE = re.compile(r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|\\u[0-9a-fA-F]{4}|\\.|.", re.DOTALL)
_BLANK = re.compile(r"[ \t\r\n]*")


@dataclass(frozen=True, slots=True)
class Text:
    """What is shown, and for each of its characters where it begins in the JSON; one more for where the last ends."""

    shown: str
    begins: tuple[int, ...]

    def spans(self, found: Sequence[Span]) -> list[Span]:
        """Give those spans of the JSON that touch this text, as spans of what is shown."""
        own = []
        for span in found:
            covered = [
                place
                for place, (start, end) in enumerate(zip(self.begins, self.begins[1:], strict=False))
                if start < span.end and span.start < end
            ]
            if covered:
                own.append(replace(span, start=covered[0], end=covered[-1] + 1))
        return own


@dataclass(frozen=True, slots=True)
class Attribute:
    """One row of the table: a name and a value, with the marks in each."""

    name: str
    name_spans: list[Span]
    value: str
    value_spans: list[Span]


def rows(text: str, found: Sequence[Span]) -> list[Attribute] | None:
    """Give the attributes as rows; None where the text is no JSON object, and can only be shown as it came."""
    try:
        pairs = list(_pairs(text))
    except (ValueError, IndexError, RecursionError):
        return None
    return [Attribute(name.shown, name.spans(found), value.shown, value.spans(found)) for name, value in pairs]


def _pairs(text: str) -> Iterator[tuple[Text, Text]]:
    decoder = json.JSONDecoder()
    at = _expect(text, 0, "{")
    while text[at] != "}":
        name, at = _string(text, at)
        at = _expect(text, at, ":")
        end = decoder.raw_decode(text, at)[1]
        value = _string(text, at)[0] if text[at] == '"' else _raw(text, at, end)
        yield name, value
        at = _past_blanks(text, end)
        at = _expect(text, at, ",") if text[at] == "," else at
    if _past_blanks(text, at + 1) != len(text):
        raise ValueError("more than one object")


def _expect(text: str, at: int, sign: str) -> int:
    at = _past_blanks(text, at)
    if text[at] != sign:
        raise ValueError(f"no {sign} at {at}")
    return _past_blanks(text, at + 1)


def _past_blanks(text: str, at: int) -> int:
    blank = _BLANK.match(text, at)
    return blank.end() if blank else at


def _string(text: str, at: int) -> tuple[Text, int]:
    """Read the string that begins at a quotation mark, and where it ends."""
    if text[at] != '"':
        raise ValueError(f"no string at {at}")
    end = json.JSONDecoder().raw_decode(text, at)[1]
    pieces = list(_PIECE.finditer(text, at + 1, end - 1))
    shown = "".join(_letter(piece.group()) for piece in pieces)
    return Text(shown, (*(piece.start() for piece in pieces), end - 1)), end


def _letter(piece: str) -> str:
    if len(piece) == 1:
        return piece
    letter = str(json.loads(f'"{piece}"'))
    return letter if len(letter) == 1 and not "\ud800" <= letter <= "\udfff" else "\N{REPLACEMENT CHARACTER}"


def _raw(text: str, start: int, end: int) -> Text:
    """A number, a list, an object: shown as it is written."""
    return Text(text[start:end], tuple(range(start, end + 1)))
