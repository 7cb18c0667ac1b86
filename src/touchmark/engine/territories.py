"""Codes of territories, as rights and offers name them, and the countries that they stand for on a day."""

import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files


def countries(codes: Iterable[str], on: date | None) -> frozenset[str]:
    """Give the countries that codes stand for on a day, groups with all of their members; blank codes are none."""
    given = {code.strip().upper() for code in codes} - {""}
    members = (member for code in given for member in _groups().get(code, ()))
    return frozenset(given | {member.code for member in members if member.holds(on)})


def single(codes: Iterable[str], on: date | None) -> frozenset[str]:
    """Give the single countries that codes stand for on a day, without the codes of groups."""
    return countries(codes, on) - _groups().keys()


def codes_that_meet(codes: Iterable[str], on: date | None = None) -> frozenset[str]:
    """Give every code that names some of the same ground: the countries, and the groups that one of them is in."""
    wanted = countries(codes, on)
    return wanted | {code for code in _groups() if not wanted.isdisjoint(countries([code], on))}


@dataclass(frozen=True, slots=True)
class _Member:
    code: str
    first: date
    last: date | None

    def holds(self, on: date | None) -> bool:
        """Whether it is a member on a day; where no day is given, whether it is one to this day."""
        if on is None:
            return self.last is None
        return self.first <= on and (self.last is None or on <= self.last)


@cache
def _groups() -> dict[str, Sequence[_Member]]:
    source = files("touchmark.engine") / "data" / "territories.toml"
    groups = tomllib.loads(source.read_text("utf-8"))["group"]
    return {
        code: [_Member(member["code"], member["from"], member.get("until")) for member in group["members"]]
        for group in groups
        for code in group["codes"]
    }
