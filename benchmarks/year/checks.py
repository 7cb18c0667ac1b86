"""What must hold of a year, whatever went wrong in it."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

import pyarrow as pa

from benchmarks.year.cases import Case, not_before
from benchmarks.year.people import PLACES
from touchmark.engine.lifecycle.table import IllegalMove
from touchmark.engine.policy.day_figure import REPORTS, figures

#: A clock whose lapse is a breach of the law: nothing may come to it.
BREACH = "overdue"


def problems(cases: Sequence[Case], acts: Sequence[str], *, end: datetime) -> list[str]:
    """Name what does not hold: a clock missed, one that acted twice or too soon, a history that cannot be."""
    found = [f"{key} acted {times} times" for key, times in Counter(acts).items() if times > 1]
    ledger = set(acts)
    for case in cases:
        for clock in case.every_clock():
            if clock.open_at(end):
                found.append(f"{clock.key} was missed: it fell due at {clock.due_at}")
            if clock.acted != (clock.key in ledger):
                found.append(f"{clock.key} acted, and nobody did it")
            if clock.acted and clock.rule.then == BREACH and not not_before(clock):
                found.append(f"{clock.key}: the law was broken at {clock.due_at}")
        found += _history(case)
    return found


def _history(case: Case) -> list[str]:
    found = []
    if any(later < earlier for (earlier, *_), (later, *_) in zip(case.history, case.history[1:], strict=False)):
        found.append(f"{case.number}: what happened is not in the order of time")
    for name, life in case.lives.items():
        try:
            led = life.folded([event for _, of, event in case.history if of == name])
        except IllegalMove as impossible:
            found.append(f"{case.number}: {impossible}")
            continue
        if led != case.status[name]:
            found.append(f"{case.number}: its {name} is {case.status[name]}, its history says {led}")
    return found


def differences(one: Sequence[Case], other: Sequence[Case]) -> list[int]:
    """Give the cases to which different things happened, or at different times."""
    return [a.number for a, b in zip(one, other, strict=True) if a.history != b.history]


def figure(cases: Sequence[Case], *, as_of: datetime) -> pa.Table:
    """Give the 24-hour figure of the cases."""
    return figures(
        pa.Table.from_pylist([_row(case) for case in cases], schema=REPORTS),
        places={name: place for name, (_, place, _) in PLACES.items()},
        as_of=as_of,
    )


def _row(case: Case) -> dict[str, object]:
    happened = {event: at for at, life, event in case.history if life == "item" or event in ("file", "complete")}
    decided = next((event for event in ("uphold", "refuse", "withdraw") if event in happened), None)
    outcome = {"uphold": "upheld", "refuse": "refused", "withdraw": "withdrawn", None: None}[decided]
    return {
        "notice": str(case.notice),
        "marketplace": case.marketplace,
        "tier": "normal",
        "complete_at": happened.get("begin", happened.get("file") if case.status["item"] != "lapsed" else None),
        "outcome": outcome,
        "confirmed_at": happened.get("uphold"),
        "told_at": happened.get("refuse"),
    }
