"""The reasons that a notice may give and the grounds that an answer may give, as tables per kind of right."""

import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from touchmark.engine.errors import TouchmarkError
from touchmark.engine.terms import RightKind


class NotAReason(TouchmarkError):
    """What is said is no reason for a notice under this kind of right, or infringes nothing."""


class NotAGround(TouchmarkError):
    """What is said is no ground for an answer about this kind of right."""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a holder objects. ``says`` is shown; ``serious`` ones weigh more with a seller's standing."""

    code: str
    kinds: frozenset[RightKind]
    says: str
    serious: bool = False


@dataclass(frozen=True, slots=True)
class Ground:
    """Why a seller contests. ``evidence`` are kinds of files of which one shows it; empty: words are enough."""

    code: str
    kinds: frozenset[RightKind]
    says: str
    evidence: tuple[str, ...]

    def shown_by(self, files: Collection[str]) -> bool:
        """Whether files of these kinds are enough."""
        return not self.evidence or not set(self.evidence).isdisjoint(files)


@cache
def reasons() -> Mapping[str, Reason]:
    """Give every reason by its code."""
    read = ({"kinds": list(RightKind)} | row for row in _table("reasons")["reason"])
    return {row["code"]: Reason(**row | {"kinds": _kinds(row)}) for row in read}


def reasons_for(kind: RightKind) -> tuple[Reason, ...]:
    """Give the reasons of one kind of right, in the order in which a form shows them."""
    return tuple(reason for reason in reasons().values() if kind in reason.kinds)


@cache
def not_reasons() -> Mapping[str, str]:
    """Give what is no infringement, by code, with the sentence that says so."""
    return {row["code"]: row["says"] for row in _table("reasons")["not_a_reason"]}


def reason(code: str, kind: RightKind) -> Reason:
    """
    Give the reason of this code.

    :raises NotAReason: if it is none for this kind of right
    """
    if code in not_reasons():
        raise NotAReason(not_reasons()[code])
    if code not in reasons() or kind not in reasons()[code].kinds:
        known = ", ".join(found.code for found in reasons_for(kind))
        raise NotAReason(f"'{code}' is no reason for a notice under this kind of right; there are: {known}.")
    return reasons()[code]


@cache
def grounds() -> Mapping[str, Ground]:
    """Give every ground of an answer by its code."""
    read = ({"kinds": list(RightKind)} | row for row in _table("grounds")["ground"])
    return {row["code"]: Ground(**row | {"kinds": _kinds(row), "evidence": tuple(row["evidence"])}) for row in read}


def grounds_for(kind: RightKind) -> tuple[Ground, ...]:
    """Give the grounds that can be said about one kind of right, in the order in which a form shows them."""
    return tuple(ground for ground in grounds().values() if kind in ground.kinds)


def ground(code: str, kind: RightKind) -> Ground:
    """
    Give the ground of this code.

    :raises NotAGround: if it is none for this kind of right
    """
    if code not in grounds() or kind not in grounds()[code].kinds:
        known = ", ".join(found.code for found in grounds_for(kind))
        raise NotAGround(f"'{code}' is no ground for an answer about this kind of right; there are: {known}.")
    return grounds()[code]


def _kinds(row: Mapping[str, Any]) -> frozenset[RightKind]:
    return frozenset(RightKind(kind) for kind in row["kinds"])


def _table(name: str) -> Mapping[str, Any]:
    file = resources.files("touchmark.engine.policy") / "data" / "tables" / f"{name}.toml"
    return tomllib.loads(file.read_text(encoding="utf-8"))
