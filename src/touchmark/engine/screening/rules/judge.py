"""
What rules make of a batch: over the columns of the contract alone, so that the same is said of listings that are
screened now and of those that were screened long ago.

Rules have no order. Where those that hold agree, they are followed; where they disagree, a person looks. Two things
stand above them: without grounds nothing is acted on, and a listing with a picture that could not be looked at is at
least reviewed. Where no rule holds, the thresholds' verdict stands.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from touchmark.engine.screening.columns import Batch, any_in, compute, spelled, truth, whole
from touchmark.engine.screening.compare.seller import standings
from touchmark.engine.screening.reasons import Term, has_reason, listed, term
from touchmark.engine.screening.rules.rule import VERDICTS, Conditions, Effect, Rule
from touchmark.engine.screening.schemas import ASSESSMENTS
from touchmark.engine.terms import Verdict, Way
from touchmark.engine.territories import countries

Flags = NDArray[np.bool_]
Index = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Judged:
    """
    One entry per listing, in the order of the assessments.

    ``holds`` has a row for each rule. ``disagree``: rules that say different things hold; ``ungrounded``: one would act
    and there are no grounds.
    """

    verdict: NDArray[Any]  # words
    holds: Flags
    disagree: Flags
    ungrounded: Flags


def judged(
    listings: Batch, sellers: pa.Table | None, findings: Batch, assessments: Batch, rules: Sequence[Rule]
) -> Judged:
    """
    Judge listings by rules.

    :param listings: in the columns of ``schemas.LISTINGS``, row for row with the assessments
    :param findings: in those of ``schemas.FINDINGS``, of which ``row``, ``right_id``, ``way``, ``confidence`` are read
    """
    seen = _Seen.of(listings, sellers, findings, assessments)
    holds = np.array([seen.holds(rule) for rule in rules], np.bool_).reshape(len(rules), len(seen))
    said = {effect: _any(holds, [rule.then == effect for rule in rules]) for effect in Effect}
    disagree = np.array(list(said.values())).sum(axis=0) > 1
    ungrounded = said[Effect.ACT] & ~seen.grounds
    verdict = np.array(whole(assessments, "verdict").to_pylist(), object)
    for effect, follows in VERDICTS.items():
        verdict[said[effect]] = follows.value
    verdict[disagree | ungrounded | (seen.unseen & (verdict == Verdict.CLEAR))] = Verdict.REVIEW.value
    return Judged(verdict, holds, disagree, ungrounded)


def by_rules(
    listings: Batch, sellers: pa.Table | None, findings: pa.Table, assessments: pa.Table, rules: Sequence[Rule]
) -> pa.Table:
    """Give the assessments with the verdicts that the rules make of them, and with which rule said what as reasons."""
    found = judged(listings, sellers, findings, assessments, rules)
    columns = {
        **{name: assessments[name] for name in ASSESSMENTS.names},
        "verdict": pa.array(found.verdict, pa.string()),
        "reasons": _with(whole(assessments, "reasons"), said_by(found, rules)),
    }
    return pa.Table.from_arrays([columns[name] for name in ASSESSMENTS.names], schema=ASSESSMENTS)


def said_by(found: Judged, rules: Sequence[Rule]) -> list[Term]:
    """Give as reasons what the rules said, and what kept them from being followed."""
    said = [term(f"rule_{rule.then}", held, rule.name, 0.0) for rule, held in zip(rules, found.holds, strict=True)]
    return [
        *said,
        term("rules_disagree", found.disagree, None, 0.0),
        term("rule_without_grounds", found.ungrounded & ~found.disagree, None, 0.0),
    ]


@dataclass(frozen=True, slots=True, eq=False)
class _Seen:
    """What rules are held against, one entry per listing; ``uses`` one per finding, ``at`` of which listing it is."""

    risk: NDArray[np.float64]
    columns: Mapping[str, Any]
    offered_in: Any
    grounds: Flags
    unseen: Flags
    permitted: Flags
    at: Index
    uses: Mapping[str, Any]

    @classmethod
    def of(cls, listings: Batch, sellers: pa.Table | None, findings: Batch, assessments: Batch) -> "_Seen":
        reasons = whole(assessments, "reasons")
        at = compute.index_in(whole(findings, "row"), value_set=whole(assessments, "row"))
        return cls(
            risk=np.asarray(whole(assessments, "risk")).astype(np.float64),
            columns={
                "category": spelled(whole(listings, "category")),
                "marketplace": spelled(whole(listings, "marketplace")),
                "standing": standings(listings, sellers),
            },
            offered_in=whole(listings, "offered_in"),
            grounds=has_reason(reasons, "grounds"),
            unseen=has_reason(reasons, "unreadable_image"),
            permitted=has_reason(reasons, "authorised_seller"),
            at=np.asarray(at).astype(np.int64),
            uses={name: whole(findings, name) for name in ("right_id", "way", "confidence")},
        )

    def __len__(self) -> int:
        return len(self.risk)

    def holds(self, rule: Rule) -> Flags:
        """Every condition, and none of the exceptions."""
        fits = np.ones(len(self), np.bool_)
        for one in self._fitting(rule.when):
            fits &= one
        for one in self._fitting(rule.unless):
            fits &= ~one
        return fits

    def _fitting(self, asked: Conditions) -> list[Flags]:
        fitting = []
        if asked.of_risk:
            low, high = asked.risk_from or 0.0, 2.0 if asked.risk_below is None else asked.risk_below
            fitting.append((self.risk >= low) & (self.risk < high))
        if asked.of_use:
            fitting.append(self._used(asked))
        for name in ("category", "marketplace", "standing"):
            if wanted := getattr(asked, name):
                fitting.append(_like(self.columns[name], wanted, begins=name == "category"))
        if asked.offered_in:
            fitting.append(_offered(self.offered_in, asked.offered_in))
        return fitting

    def _used(self, asked: Conditions) -> Flags:
        """A lawful reference fits only where references are asked for, a use that is permitted never."""
        reference = truth(compute.equal(self.uses["way"], Way.REFERENTIAL.value))
        fits = (truth(_in(self.uses["way"], asked.way)) if asked.way else ~reference) & (
            reference | ~self.permitted[self.at]
        )
        if asked.right:
            fits &= truth(_in(self.uses["right_id"], asked.right))
        if asked.confidence_from is not None:
            fits &= np.asarray(self.uses["confidence"]).astype(np.float64) >= asked.confidence_from
        used = np.zeros(len(self), np.bool_)
        used[self.at[fits]] = True
        return used


def _any(holds: Flags, of: list[bool]) -> Flags:
    found: Flags = holds[np.array(of, np.bool_)].max(axis=0, initial=False)
    return found


def _in(column: Any, wanted: Sequence[str]) -> Any:
    return compute.is_in(column, value_set=pa.array([str(one) for one in wanted], pa.string()))


def _like(column: Any, wanted: Sequence[str], *, begins: bool) -> Flags:
    """Tell which words are one of those wanted, whatever their case; a star at the end stands for any end."""
    asked = [one.strip().lower() for one in wanted]
    open_ended = [one[:-1].rstrip() for one in asked if begins and one.endswith("*")]
    fits = [truth(_in(column, [one for one in asked if not (begins and one.endswith("*"))]))]
    fits += [truth(compute.starts_with(column, beginning)) for beginning in open_ended]
    found: Flags = np.array(fits).max(axis=0)
    return found


def _offered(lists: Any, wanted: Sequence[str]) -> Flags:
    """A code that stands for several countries, as EU, fits each of them."""
    places = sorted(countries(wanted, None))
    return any_in(lists, lambda offered: truth(_in(compute.utf8_upper(offered), places)))


def _with(reasons: Any, terms: Sequence[Term]) -> Any:
    """Put reasons behind those that are there."""
    rows = len(reasons)
    new = listed(terms, rows)
    at = np.concatenate([np.asarray(compute.list_parent_indices(one)).astype(np.int64) for one in (reasons, new)])
    flat = pa.concat_arrays([compute.list_flatten(reasons), compute.list_flatten(new)])
    offsets = np.concatenate([[0], np.cumsum(np.bincount(at, minlength=rows))]).astype(np.int32)
    order: Any = np.argsort(at, kind="stable")
    return pa.ListArray.from_arrays(offsets, flat.take(order))  # type: ignore[call-overload]
