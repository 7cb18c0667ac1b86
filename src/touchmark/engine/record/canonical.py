"""One spelling for each JSON value, so that a digest made today can be made again from what a database gives back."""

import json
import math
from collections.abc import Mapping, Sequence

from touchmark.engine.errors import TouchmarkError

#: What may stand in a payload. Numbers follow JavaScript's: whole ones beyond 2**53 - 1 are refused.
Json = None | bool | int | float | str | Sequence["Json"] | Mapping[str, "Json"]

LARGEST = 2**53 - 1


class NotCanonical(TouchmarkError):
    """The value has no single spelling that every database gives back; the text names the place within it."""


def canonical(value: Json) -> bytes:
    """
    The bytes of RFC 8785 (JSON Canonicalization Scheme): keys sorted by UTF-16, no spaces, numbers as ECMAScript.

    Narrower than the RFC where a database would not give the same value back: no NUL in text, no number whose size is
    beyond 2**53 - 1 (PostgreSQL returns 1e16 as a whole number).

    :raises NotCanonical: for those, for NaN and infinities, lone surrogates, keys that are no text, other types
    """
    return _spell(value, "payload").encode()


def _spell(value: Json, place: str) -> str:
    match value:
        case None | bool():
            return json.dumps(value)
        case str():
            return _text(value, place)
        case int() | float():
            return _number(value, place)
        case Mapping():
            return _object(value, place)
        case list() | tuple():
            return "[" + ",".join(_spell(item, f"{place}[{i}]") for i, item in enumerate(value)) + "]"
        case _:
            raise NotCanonical(f"{place} is a {type(value).__name__}: give text, a number, a list or an object.")


def _object(value: Mapping[str, Json], place: str) -> str:
    for key in value:
        if not isinstance(key, str):
            raise NotCanonical(f"{place} has the key {key!r}: keys must be text.")
    members = (
        f"{_text(key, place)}:{_spell(value[key], f'{place}.{key}')}"
        for key in sorted(value, key=lambda key: key.encode("utf-16-be", "surrogatepass"))
    )
    return "{" + ",".join(members) + "}"


def _text(value: str, place: str) -> str:
    if "\x00" in value or (not value.isascii() and any("\ud800" <= c <= "\udfff" for c in value)):
        raise NotCanonical(f"{place} holds a NUL or half a surrogate pair, which no database keeps: take it out first.")
    return json.dumps(value, ensure_ascii=False)


def _number(value: float, place: str) -> str:
    """ECMA-262, Number::toString: the shortest digits that read back as the same number."""
    if (isinstance(value, float) and not math.isfinite(value)) or abs(value) > LARGEST:
        raise NotCanonical(f"{place} is {value}: give a number between -(2**53 - 1) and 2**53 - 1, or text.")
    if value == int(value):
        return str(int(value))
    if abs(value) >= 1e-6:
        return _plain(repr(float(value)))
    digits, _, exponent = repr(float(value)).partition("e")
    return f"{digits}e{int(exponent)}"


def _plain(digits: str) -> str:
    """Python writes 1e-05 from 1e-5 downwards, ECMAScript only below 1e-6."""
    mantissa, _, exponent = digits.partition("e")
    if not exponent:
        return digits
    sign = "-" if mantissa.startswith("-") else ""
    return f"{sign}0.{'0' * (-int(exponent) - 1)}{mantissa.lstrip('-').replace('.', '')}"
