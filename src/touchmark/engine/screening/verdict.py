"""
From a risk to a verdict, by the rules in force.

Two things stand above any rule. ``act`` needs grounds: a mark disguised on purpose, a copied picture, or words that say
that goods of the mark are a copy; so price, standing, a spread of brands, a slip of the pen or a design that looks
alike never give it, alone or together. And an unreadable picture gives at least ``review``.
"""

import math
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any, Self

import numpy as np
import pyarrow as pa

from touchmark.engine.screening.columns import whole
from touchmark.engine.screening.evidence import Evidence, Flags, Floats
from touchmark.engine.screening.hits import Trick, is_one
from touchmark.engine.screening.reasons import Term, has_reason, term
from touchmark.engine.screening.rules.reading import rules_of
from touchmark.engine.screening.rules.rule import Rule, RulesRefused
from touchmark.engine.terms import Verdict

#: What is also written so by mistake, or in haste: no grounds to act.
_BY_MISTAKE = (
    Trick.NONE, Trick.GLUED, Trick.PARTED, Trick.REPEATED, Trick.DROPPED, Trick.ADDED, Trick.SWAPPED, Trick.CHANGED,
    Trick.VOWELS, Trick.SOUND, Trick.SCRIPT, Trick.SHORTENED, Trick.MISREAD,
)  # fmt: skip

__all__ = ["Rules", "RulesRefused", "grounds_for_act", "grounds_said", "verdicts"]

_KEYS = ("version", "review_at", "act_at")


@dataclass(frozen=True, slots=True)
class Rules:
    """
    From which risk a listing is reviewed, and from which it is acted on; and the written rules, which go before.

    ``docs/rules.md`` says what a file of them holds.
    """

    version: str
    review_at: float
    act_at: float
    rules: tuple[Rule, ...] = ()

    @classmethod
    @cache
    def default(cls) -> Self:
        """Give the cautious rules that come with this version."""
        return cls.of((resources.files(__package__) / "data" / "rules.toml").read_text(encoding="utf-8"), "rules.toml")

    @classmethod
    def load(cls, path: Path) -> Self:
        """
        Read rules from a file.

        :raises RulesRefused: if it cannot be read, or is not of the form, or contradicts itself
        """
        try:
            return cls.of(path.read_text(encoding="utf-8"), str(path))
        except (OSError, UnicodeDecodeError) as error:
            raise RulesRefused(f"{path}: the rules cannot be read ({error}). Give a TOML file.") from error

    @classmethod
    def of(cls, text: str, name: str) -> Self:
        """Read rules from a text; ``name`` is for what is said when they are refused."""
        try:
            read = tomllib.loads(text)
        except tomllib.TOMLDecodeError as error:
            raise RulesRefused(f"{name}: {error}. Write version, review_at and act_at, one to a line.") from error
        for key in _KEYS:
            if key not in read:
                raise RulesRefused(f"{name}: {key} is missing. Add a line for it.")
        for key in read:
            if key not in (*_KEYS, "rule"):
                raise RulesRefused(f"{name}: {key} is not known. Leave it out.")
        review_at, act_at = _share(name, "review_at", read), _share(name, "act_at", read)
        if review_at > act_at:
            raise RulesRefused(f"{name}: review_at is above act_at. Whatever is acted on is worth a review: lower it.")
        return cls(str(read["version"]), review_at, act_at, rules_of(read, text, name))


def verdicts(risk: Floats, evidence: Evidence, rules: Rules) -> pa.StringArray:
    """Give the verdict of each listing."""
    unseen = np.asarray(evidence.unreadable_image.value_lengths()) > 0
    return _by_thresholds(risk, grounds_for_act(evidence), unseen, rules)


def by_thresholds(assessments: pa.Table, rules: Rules) -> pa.Table:
    """Give assessments with the verdicts that thresholds make of them, whatever written rules made of them before."""
    said = {name: has_reason(whole(assessments, "reasons"), name) for name in ("grounds", "unreadable_image")}
    risk = np.asarray(whole(assessments, "risk")).astype(np.float64)
    verdict = _by_thresholds(risk, said["grounds"], said["unreadable_image"], rules)
    return assessments.set_column(assessments.column_names.index("verdict"), "verdict", verdict)


def _by_thresholds(risk: Floats, grounds: Flags, unseen: Flags, rules: Rules) -> pa.StringArray:
    act, review = (risk >= rules.act_at) & grounds, (risk >= rules.review_at) | unseen
    words = np.where(act, Verdict.ACT.value, np.where(review, Verdict.REVIEW.value, Verdict.CLEAR.value))
    return pa.array(words.astype(object), pa.string())


def grounds_for_act(evidence: Evidence) -> Flags:
    """Tell which listings use a right in a way that can be a reason to act."""
    disguised = (evidence.disguised.confidence > 0) & _on_purpose(evidence)
    said = np.asarray(evidence.coded["copy"].is_valid()).astype(np.bool_) & (evidence.marks > 0)
    return disguised | (evidence.copied.confidence > 0) | said


def _on_purpose(evidence: Evidence) -> Flags:
    return ~is_one(evidence.trick, _BY_MISTAKE)


def grounds_said(evidence: Evidence) -> Term:
    """State, without a weight, what of a listing can be a reason to act: rules ask for it, then and later."""
    disguised = (evidence.disguised.confidence > 0) & _on_purpose(evidence)
    words = np.where(evidence.copied.confidence > 0, "copied_image", np.where(disguised, "disguised", "said"))
    return term("grounds", grounds_for_act(evidence), pa.array(words.astype(object), pa.string()), 0.0)


def _share(name: str, key: str, read: dict[str, Any]) -> float:
    value = read[key]
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise RulesRefused(f"{name}: {key} is no number. Give a risk from 0 to 1, as 0.3.")
    if not 0 < value <= 1:
        raise RulesRefused(f"{name}: {key} is {value}. Give a risk above 0 and at most 1; 1 switches it off.")
    return float(value)
