"""What the rules in force, and those on trial, make of a batch that was screened."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from touchmark.apps.rules.models import RuleVersion
from touchmark.apps.rules.queries import InForce
from touchmark.engine.screening.rules.judge import by_rules, judged
from touchmark.engine.screening.rules.rule import Effect
from touchmark.engine.terms import Verdict


@dataclass(frozen=True, slots=True)
class Held:
    """A version holds for a listing; ``acts``: it is live, says so, and nothing speaks against it."""

    version: RuleVersion
    live: bool
    verdict: str
    acts: bool


@dataclass(frozen=True, slots=True)
class Ruled:
    """The assessments as the rules in force make them, and the versions that hold, both row for row."""

    assessments: Sequence[Mapping[str, Any]]
    held: Sequence[Sequence[Held]]

    @classmethod
    def of(
        cls, batch: pa.RecordBatch, sellers: pa.Table, findings: pa.Table, assessments: pa.Table, rules: InForce
    ) -> Self:
        """Judge a batch by the live rules, and by each rule on trial as if it were one of them."""
        held: list[list[Held]] = [[] for _ in range(batch.num_rows)]
        ruled = assessments
        if rules.live:
            found = judged(batch, sellers, findings, assessments, rules.rules)
            for version, holds in zip(rules.live, found.holds, strict=True):
                _put(held, version, holds, found.verdict.tolist(), live=True)
            ruled = by_rules(batch, sellers, findings, assessments, rules.rules)
        for version in rules.tried:
            tried, place = rules.with_trial(version)
            would = judged(batch, sellers, findings, assessments, tried)
            _put(held, version, would.holds[place], would.verdict.tolist(), live=False)
        return cls(ruled.to_pylist(), held)


def _put(
    held: list[list[Held]], version: RuleVersion, holds: NDArray[np.bool_], verdicts: Sequence[str], *, live: bool
) -> None:
    for row in np.flatnonzero(holds).tolist():
        acts = live and version.effect == Effect.ACT and verdicts[row] == Verdict.ACT
        held[row].append(Held(version, live, verdicts[row], acts))
