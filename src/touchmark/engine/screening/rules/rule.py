"""One written rule as plain values: when it holds, when it does not, and what it then says."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from touchmark.engine.errors import TouchmarkError
from touchmark.engine.terms import Verdict, Way


class RulesRefused(TouchmarkError):
    """A file of rules is not of the form of ``docs/rules.md``, or contradicts itself: where, and the remedy."""


class Effect(StrEnum):
    """What a rule says of the listings that it holds for."""

    ACT = "act"
    QUEUE = "queue"
    LEAVE = "leave"


#: What each effect makes of an assessment, where nothing speaks against it.
VERDICTS = {Effect.ACT: Verdict.ACT, Effect.QUEUE: Verdict.REVIEW, Effect.LEAVE: Verdict.CLEAR}


@dataclass(frozen=True, slots=True)
class Conditions:
    """
    Conditions on a listing and on the uses of rights in it; None and an empty tuple ask for nothing.

    ``way``, ``right`` and ``confidence_from`` are asked of one and the same use. A listing that does not say what is
    asked for does not fit.
    """

    risk_from: float | None = None
    risk_below: float | None = None
    confidence_from: float | None = None
    way: tuple[Way, ...] = ()
    right: tuple[str, ...] = ()
    category: tuple[str, ...] = ()  # whole names whatever their case; one with a star at its end: what begins so
    marketplace: tuple[str, ...] = ()
    standing: tuple[str, ...] = ()
    offered_in: tuple[str, ...] = ()

    @property
    def of_use(self) -> bool:
        """Whether something is asked of a use."""
        return bool(self.way or self.right or self.confidence_from is not None)

    @property
    def of_risk(self) -> bool:
        """Whether something is asked of the risk."""
        return self.risk_from is not None or self.risk_below is not None

    def __bool__(self) -> bool:
        listing = self.category or self.marketplace or self.standing or self.offered_in
        return bool(self.of_use or self.of_risk or listing)


@dataclass(frozen=True, slots=True)
class Brake:
    """
    What stops a rule that acts: more decisions in an hour or a day than this, or too many of them reversed.

    ``reversed_share`` is of the decisions of the last thirty days, counted as no fewer than ``FEWEST``: with 0.05 the
    second reversal among the first twenty stops the rule.
    """

    per_hour: int = 100
    per_day: int = 500
    reversed_share: float = 0.05

    def too_fast(self, *, in_hour: int, in_day: int) -> bool:
        """Whether one more decision would be too many."""
        return in_hour >= self.per_hour or in_day >= self.per_day

    def too_wrong(self, *, decided: int, reversed_: int) -> bool:
        """Whether too many of the decisions were reversed."""
        return reversed_ > self.reversed_share * max(decided, FEWEST)


FEWEST = 20


@dataclass(frozen=True, slots=True)
class Measure:
    """What a rule that acts decides, on what ground: the words of its statements of reasons."""

    kind: str  # remove, hide from search, or disable in ``territories``
    ground: str  # law or terms
    reference: str
    explanation: str
    territories: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Rule:
    """One version of one rule. ``author``, ``reason`` and ``dated`` say who wrote it, why and when."""

    id: str
    then: Effect
    description: str
    when: Conditions
    unless: Conditions = field(default_factory=Conditions)
    version: int = 1
    author: str = ""
    reason: str = ""
    dated: date | None = None
    brake: Brake = field(default_factory=Brake)
    measure: Measure | None = None

    @property
    def name(self) -> str:
        """The rule and its version, as reasons and records name it."""
        return f"{self.id}, version {self.version}"
