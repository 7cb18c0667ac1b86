"""What is reported of ``fresh``: recall weighed by how often each family occurs, with its 95 % interval."""

from collections import defaultdict
from math import sqrt

from benchmarks.words import measure
from benchmarks.words.cases import Case, Kind
from benchmarks.words.fresh.names import rows


def weights() -> dict[str, tuple[str, float]]:
    """(class, weight) of each family."""
    return {row["family"]: (row["class"], float(row["weight"])) for row in rows("weights.csv")}


def weighted(shares: list[tuple[float, int, int]]) -> tuple[float, float, float]:
    """
    A mean of shares and its 95 % interval, as of a sample drawn in strata.

    :param shares: (weight, hits, of), each of at least one
    """
    whole = sum(weight for weight, _, _ in shares)
    mean = sum(weight * hits / of for weight, hits, of in shares) / whole
    spread = 1.96 * sqrt(sum((weight / whole) ** 2 * _variance(hits, of) for weight, hits, of in shares))
    return mean, max(0.0, mean - spread), min(1.0, mean + spread)


def _variance(hits: int, of: int) -> float:
    """Of a share, with two of each kind added, so that none is certain."""
    share = (hits + 2) / (of + 4)
    return share * (1 - share) / (of + 4)


def lines(tally: measure.Tally) -> list[tuple[str, str, int]]:
    """Recall as families occur, over all marks and over those that everybody knows."""
    found = []
    for what, known in (("… as families occur", False), ("… as families occur, well-known brands", True)):
        rows_ = tally.rows(Kind.DISGUISED, chosen=lambda case, only=known: not only or _known(case))  # type: ignore[misc]
        found.append((what, _shown(tally, rows_), len(rows_)))
    return found


def by_class(tally: measure.Tally) -> str:
    """The same of each class of families."""
    grouped: dict[str, list[int]] = defaultdict(list)
    for row in tally.rows(Kind.DISGUISED):
        grouped[weights()[tally.cases[row].family][0]].append(row)
    lines_ = [(name, _shown(tally, rows_), f"{len(rows_):,}") for name, rows_ in grouped.items()]
    return measure.table(("class of families", "recall (95 %)", "of"), lines_)


def _known(case: Case) -> bool:
    return case.mark is not None and case.mark.source == "known"


def _shown(tally: measure.Tally, rows_: list[int]) -> str:
    families: dict[str, list[int]] = defaultdict(list)
    for row in rows_:
        families[tally.cases[row].family].append(row)
    shares = [
        (weights()[family][1], sum(map(tally.hit, members)), len(members)) for family, members in families.items()
    ]
    mean, low, high = weighted(shares)
    return f"{mean:.3f} ({low:.3f}–{high:.3f})"
