"""
Grow the trees of ``engine.screening.text.spellings``: ``python -m benchmarks.words.fit --data DATA --write``.

Every spelling that is proposed in the listings of ``train`` is an example: of the mark that is there, at its place,
right; of any other mark of the register wrong. Reported are ``tune`` and ``report``, which have none of its brands.
"""

import argparse
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.ensemble import HistGradientBoostingClassifier

from benchmarks.words import engine, marks
from benchmarks.words.cases import Case, Kind, Part
from benchmarks.words.parts import EACH, made
from benchmarks.words.train import make as train
from touchmark.engine.screening.model import Model
from touchmark.engine.screening.screen import screen
from touchmark.engine.screening.text import match
from touchmark.engine.screening.text.spellings import features, find, weigh
from touchmark.engine.screening.text.spellings.distinct import Distinct
from touchmark.engine.screening.text.spellings.features import Of
from touchmark.engine.screening.text.spellings.readings.read import Readings

Examples = tuple[NDArray[np.int16], NDArray[np.int8], list[tuple[int, str]]]

FIELDS = ("title", "brand", "description", "attributes")
#: What can only speak against a disguise, and what only for it.
FALLING = (Of.NEAR, Of.WHOLE, Of.MARK_LEVEL, Of.EDITS, Of.TEXT_LEVEL, Of.COST)
RISING = (Of.LEFT, Of.RIGHT, Of.SIZE, Of.SEEN, Of.HUMP)
#: How much a wrong example counts.
WRONG = 1.0
TREES, RATE, LEAVES, LEAST_LEAF, SHRUNK, COLUMNS_EACH = 200, 0.1, 24, 25, 2.0, 0.4


def main() -> None:
    """Fit, report, and write if asked to."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.words.fit")
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    known, right, listings = examples(options.data, Part.TRAIN)
    fitted = grown(known, right, weights(right, listings))
    for part in (Part.TUNE, Part.REPORT):
        known, right, listings = examples(options.data, part)
        print(f"\n## {part}\n")
        report(fitted.predict_proba(known)[:, 1], weights(right, listings), right, listings)
    if options.write:
        write(fitted, Path(weigh.__file__).parent / "data" / "trees.npz")


def weights(right: NDArray[np.int8], listings: list[tuple[int, str]]) -> NDArray[np.float64]:
    """Of several proposals of one right in one listing each counts less."""
    times = Counter(zip(listings, right.tolist(), strict=True))
    weight = np.array([1 / times[each] for each in zip(listings, right.tolist(), strict=True)])
    return weight * np.where(right > 0, 1.0, WRONG)


def examples(data: Path, part: Part) -> Examples:
    """Screen a part, and keep what is known of every proposal, whether it is right, its mark and its listing."""
    tested, cases = train.made(data) if part is Part.TRAIN else made(data, part, EACH[part])
    snapshot = engine.compiled(engine.register(tested, marks.distractors(data, part, tested, 20_000)))
    rights = snapshot.rights["right_id"].to_pylist()
    known, right, listings = [], [], []
    for row, form, field, start, end, columns in _proposals(cases, snapshot):
        number = int(snapshot.marks.right[form])
        truth = _is_right(cases[row], rights[number], FIELDS[field], start, end)
        if truth is not None:
            known.append(columns)
            right.append(truth)
            listings.append((row, rights[number]))
    return np.array(known, np.int16), np.array(right, np.int8), listings


def _is_right(case: Case, right: str, field: str, start: int, end: int) -> bool | None:
    """Whether a proposal is right; None where it says nothing: a mark that stands there plainly as well."""
    if case.mark is None or right != case.mark.right_id:
        return False
    there = any(field == name and start < last and first < end for name, first, last in case.spans)
    if case.kind is Kind.DISGUISED:
        return True if there else None
    return None if case.kind in (Kind.PLAIN, Kind.SHORT, Kind.COMPATIBLE) else False


def _proposals(cases: list[Case], snapshot: Any) -> Iterator[tuple[int, int, int, int, int, NDArray[np.int16]]]:
    """Row, form, field, start, end and columns of all that is weighed."""
    seen: list[tuple[Any, ...]] = []
    weighed, disguised, matched = find.weighed, match.disguised, match._matched
    reading: Any = None
    before, rows = 0, 0

    def keep(aligned: Any, original: Any, source: Any, folded: Any, cut: Any, ring: Any, words: Any) -> Any:
        chosen = np.flatnonzero(weigh.disguises(aligned, ring))
        some = aligned.taken(chosen)
        columns = features.features(some, original, source, folded, cut, ring, words)
        weigh.honest(columns, some.proposed, folded, cut, words)
        text = np.searchsorted(folded.bounds, some.proposed.start, side="right") - 1
        base = original.bounds[text]
        start, end = source[some.proposed.start] - base, source[some.proposed.end - 1] + 1 - base
        form, of = find._forms(some.proposed.entry, ring)
        text = reading.text[text][of]
        seen.append((before + text % rows, form, text // rows, start[of], end[of], columns[of]))
        return weighed(aligned, original, source, folded, cut, ring, words)

    def count(batch: Any, first: int, held: Any, memo: Any) -> Any:
        nonlocal before
        before = first
        return matched(batch, first, held, memo)

    def remember(text: Any, rings: Any, right: Any, many: int, memo: Any) -> Any:
        nonlocal reading, rows
        reading, rows = text, many
        return disguised(text, rings, right, many, memo)

    once = find.Distinct.of
    find.weighed, match.disguised, match._matched = keep, remember, count
    find.Distinct.of = _each_by_itself  # type: ignore[method-assign, assignment]
    try:
        screen(engine.listings(cases), None, snapshot, Model.default())
    finally:
        find.weighed, match.disguised, match._matched = weighed, disguised, matched
        find.Distinct.of = once  # type: ignore[method-assign]
    for row, form, field, start, end, columns in seen:
        for i in range(len(row)):
            yield int(row[i]), int(form[i]), int(field[i]), int(start[i]), int(end[i]), columns[i]


def _each_by_itself(read: Readings, *_: object) -> Distinct:
    """Take no two readings for the same: a word that recurs is an example at every place."""
    every = np.arange(len(read))
    return Distinct(read, every, every, np.arange(len(read) + 1), every)


def grown(known: NDArray[np.int16], right: NDArray[np.int8], weight: NDArray[np.float64]) -> Any:
    """Grow the trees."""
    turns = np.zeros(features.COLUMNS, int)
    turns[list(FALLING)], turns[list(RISING)] = -1, 1
    grower = HistGradientBoostingClassifier(
        max_iter=TREES,
        learning_rate=RATE,
        max_leaf_nodes=LEAVES,
        min_samples_leaf=LEAST_LEAF,
        l2_regularization=SHRUNK,
        max_features=COLUMNS_EACH,
        monotonic_cst=turns,
        random_state=1,
    )
    return grower.fit(known, right, sample_weight=weight)


def report(
    said: NDArray[np.float64],
    weight: NDArray[np.float64],
    right: NDArray[np.int8],
    listings: list[tuple[int, str]],
) -> None:
    """Print how sure they are and how often they are right, and what a threshold finds of all that are proposed."""
    print("| said | rows | said on average | were |\n| --- | ---: | ---: | ---: |")
    edges = (0, 0.1, 0.3, 0.5, 0.7, 0.9, 0.98, 1.01)
    for low, high in pairwise(edges):
        some = (said >= low) & (said < high)
        means = (np.average(each[some], weights=weight[some]) for each in (said, right))
        print(f"| {low} to {min(high, 1)} | {some.sum():,} |", " | ".join(f"{mean:.3f}" for mean in means), "|")
    best: dict[tuple[Any, int], float] = {}
    for listing, truth, share in zip(listings, right.tolist(), said.tolist(), strict=True):
        best[listing, truth] = max(share, best.get((listing, truth), 0.0))
    print("\n| from | found of those proposed | other marks found |\n| --- | ---: | ---: |")
    for least in (0.35, 0.5, 0.7, 0.9):
        hits = [share >= least for (_, truth), share in best.items() if truth]
        wrong = sum(share >= least for (_, truth), share in best.items() if not truth)
        print(f"| {least} | {sum(hits) / len(hits):.3f} | {wrong:,} |")


def write(fitted: Any, to: Path) -> None:
    """Keep the trees as ``spellings.trees`` reads them."""
    trees = [predictor[0].nodes for predictor in fitted._predictors]
    nodes = np.concatenate(trees)
    leaf = nodes["is_leaf"].astype(bool)
    np.savez_compressed(
        to,
        column=np.where(leaf, -1, nodes["feature_idx"]).astype(np.int16),
        most=np.where(leaf, 0, np.floor(nodes["num_threshold"])).astype(np.int16),
        yes=nodes["left"].astype(np.int16),
        no=nodes["right"].astype(np.int16),
        part=np.where(leaf, nodes["value"], 0.0).round(6),
        roots=np.append(0, np.cumsum([len(tree) for tree in trees]))[:-1].astype(np.int64),
        bias=np.array([float(np.ravel(fitted._baseline_prediction)[0])]).round(6),
    )


if __name__ == "__main__":
    main()
