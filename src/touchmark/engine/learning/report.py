"""The report by which a person judges a model that was learnt: what it was learnt from, what it does, what changes."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from touchmark.engine.learning.examples import Examples
from touchmark.engine.learning.fit import Weights
from touchmark.engine.learning.measure import expected_error, reliability
from touchmark.engine.learning.promotion import MARGIN, Trial
from touchmark.engine.learning.split import Split

#: So many listings whose verdict changes are named, of either kind.
SHOWN = 10


@dataclass(frozen=True, slots=True, eq=False)
class Learnt:
    """Everything that a report tells of."""

    examples: Examples
    parts: Split
    before: Weights
    now: Weights
    version_before: str
    version_now: str
    review_at: float
    trials: Sequence[Trial]

    @property
    def passed(self) -> bool:
        """Whether the new model did not do worse in any trial."""
        return all(trial.passed for trial in self.trials)


def written(learnt: Learnt) -> str:
    """Write the report, in Markdown."""
    sections = (_head, _data, _trials, _weights, _reliability, _changes)
    return "\n\n".join("\n".join(section(learnt)) for section in sections) + "\n"


def _head(learnt: Learnt) -> Iterator[str]:
    yield f"# Model {learnt.version_now}, learnt in place of {learnt.version_before}"
    yield ""
    if learnt.passed:
        yield "**The test is passed:** at the same volume of reviews the new model finds no less, on either part."
    else:
        yield "**The test is not passed:** on some part the new model finds less, or may. Do not put it in force."
    yield ""
    yield "Nothing has been put in force. Whoever answers for the model reads on, and decides."


def _data(learnt: Learnt) -> Iterator[str]:
    examples, parts = learnt.examples, learnt.parts
    yield "## Decisions"
    yield ""
    yield "| part | decisions | restricted | drawn at random | brands | sellers |"
    yield "| --- | ---: | ---: | ---: | ---: | ---: |"
    whole = np.ones(len(examples), np.bool_)
    rows = (
        ("all", whole),
        ("learnt from", parts.learn),
        ("newest, only tried on", parts.newest),
        ("other brands, only tried on", parts.brands),
    )
    for name, which in rows:
        part = examples.taken(which)
        drawn, restricted = int((part.weight > 1).sum()), int(part.infringing.sum())
        kinds = len(set(part.brand.tolist()) - {""}), len(set(part.seller.tolist()) - {""})
        yield f"| {name} | {len(part)} | {restricted} | {drawn} | {kinds[0]} | {kinds[1]} |"
    yield ""
    yield "A restriction that was reversed counts as not restricted. A listing drawn at random stands for all those"
    yield "like it that were not drawn. Decisions of sellers who are tried on are left out of what is learnt from."


def _trials(learnt: Learnt) -> Iterator[str]:
    yield "## The test"
    yield ""
    yield "Both models put the listings in order; a reviewer looks at as many of the first as the rules send to review"
    yield f"by the model in force (from {learnt.review_at:g}). Passed: no less found, and the lower end of the"
    yield f"difference not below {-MARGIN:.0%}."
    yield ""
    yield "| part | decisions | restricted | reviewed | found before | now | difference (95 %) | loss before | now | |"
    yield "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | --- |"
    for t in learnt.trials:
        between = f"{t.low:+.1%} to {t.high:+.1%}"
        told = (
            f"| {t.part} | {t.examples} | {t.infringing} | {t.volume:.1%} | {t.found_before:.1%} | {t.found_now:.1%} "
        )
        said = "passed" if t.passed else "not passed"
        yield f"{told}| {between} | {t.loss_before:.3f} | {t.loss_now:.3f} | {said} |"


def _weights(learnt: Learnt) -> Iterator[str]:
    yield "## Weights"
    yield ""
    yield "| feature | before | now | seen in |"
    yield "| --- | ---: | ---: | ---: |"
    yield f"| start of the sum | {learnt.before.bias:.3f} | {learnt.now.bias:.3f} | |"
    seen = (learnt.examples.taken(learnt.parts.learn).amounts != 0).sum(axis=0)
    for code, count in zip(learnt.examples.codes, seen.tolist(), strict=True):
        yield f"| {code} | {learnt.before.weights[code]:.3f} | {learnt.now.weights[code]:.3f} | {count} |"


def _reliability(learnt: Learnt) -> Iterator[str]:
    examples = learnt.examples.taken(learnt.parts.newest | learnt.parts.brands)
    yield "## Reliability, on what was only tried on"
    for name, weights in (("before", learnt.before), ("now", learnt.now)):
        bins = reliability(weights.risk(examples), examples.infringing, examples.weight)
        yield ""
        yield f"{name}: expected calibration error {expected_error(bins):.3f}"
        yield ""
        yield "| risk said | share restricted (95 %) | listings |"
        yield "| ---: | ---: | ---: |"
        yield from (f"| {each.said:.3f} | {each.decided} | {each.decided.of:.0f} |" for each in bins)


def _changes(learnt: Learnt) -> Iterator[str]:
    """Name the listings whose verdict changes most, of those only tried on."""
    examples = learnt.examples.taken(learnt.parts.newest | learnt.parts.brands)
    old, new = learnt.before.risk(examples), learnt.now.risk(examples)
    yield "## Listings whose verdict changes"
    for title, which in (
        ("reviewed now, and not before", (new >= learnt.review_at) & (old < learnt.review_at)),
        ("reviewed before, and not now", (new < learnt.review_at) & (old >= learnt.review_at)),
    ):
        at = np.flatnonzero(which)
        at = at[np.argsort(-np.abs(new[at] - old[at]), kind="stable")]
        yield ""
        yield f"{title}: {len(at)}"
        for row in at[:SHOWN].tolist():
            decided = "restricted" if examples.infringing[row] else "not restricted"
            yield f"- {examples.name[row]}: {old[row]:.3f} before, {new[row]:.3f} now; decided: {decided}"
