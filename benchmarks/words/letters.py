"""How names are compared when the benchmark is made: letters and digits only, in small, without accents."""

import re
import unicodedata
from functools import cache


@cache
def plain(text: str) -> str:
    """Small letters without accents; signs stay."""
    apart = unicodedata.normalize("NFKD", text.replace("'", "").replace("’", ""))
    return unicodedata.normalize("NFC", "".join(c for c in apart if unicodedata.category(c) != "Mn").casefold())


def words(text: str) -> list[str]:
    """The words of a text, in plain letters."""
    return re.findall(r"[^\W_]+", plain(text))


@cache
def letters(text: str) -> str:
    """All words in one."""
    return "".join(words(text))


def is_latin(text: str) -> bool:
    """Whether the text has letters, and none beyond extended Latin."""
    return any(c.isalpha() for c in text) and all(ord(c) < 0x250 for c in text if c.isalpha())


def one_letter_apart(one: str, other: str) -> bool:
    """Whether one letter put in, left out or changed makes one name of the other."""
    if abs(len(one) - len(other)) > 1 or one == other:
        return False
    same = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    rest, other_rest = one[same:], other[same:]
    return rest[1:] == other_rest[1:] or rest[1:] == other_rest or rest == other_rest[1:]
