"""
How sure the words are, and how often that is right: ``python -m benchmarks.words.calibrate --data DATA [--write DAY]``.

A curve for each way is fitted on the parts of the word benchmark that have been read, and reported on those that have
not: the log-odds that were said against the share that was right, never falling. Few places say little: so many of
them are taken to be as was said.
"""

import argparse
from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.isotonic import IsotonicRegression

from benchmarks.words import engine, marks
from benchmarks.words.cases import Case, Kind, Part
from benchmarks.words.measure import USED, Found, Tally, is_true, table
from benchmarks.words.parts import EACH, made
from touchmark.engine.screening import calibration
from touchmark.engine.screening.model import CALIBRATED, Model
from touchmark.engine.screening.screen import screen

FITTED, REPORTED = (Part.TUNE, Part.REPORT, Part.FRESH), (Part.SEALED, Part.UNREAD, Part.BAZAAR, Part.FERRY)
WAYS = tuple(sorted(USED))
#: Ways whose curve comes along. Half of the benchmark's listings hide a name, of a catalogue's one in hundreds: a curve
#: for spellings, fitted here, would call too sure there what is seldom right (docs/accuracy.md).
KEPT = ("plain",)
#: The knots of a curve, in log-odds; around each so many places are taken to be as was said.
KNOTS, AS_SAID = (-4.0, -2.5, -1.5, -0.75, -0.2, 0.2, 0.75, 1.5, 2.5, 3.5, 4.5), 12
#: What is no further from what was said than this is left as it is.
LEAST_MOVED = 0.35
EDGES = (0.0, 0.1, 0.35, 0.5, 0.7, 0.9, 0.98, 1.01)
_USES = (Kind.PLAIN, Kind.SHORT, Kind.DISGUISED)

#: Way, log-odds by the terms alone, confidence, and whether it is right.
Said = tuple[str, float, float, bool]


def main() -> None:
    """Fit, report, and write if asked to."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.words.calibrate")
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--write", type=date.fromisoformat, metavar="DAY", help="the day that is written beside it")
    options = parser.parse_args()
    fitted = [answer for part in FITTED for answer in said(options.data, part)]
    curves = {way: curve([answer for answer in fitted if answer[0] == way]) for way in WAYS}
    if options.write:
        write(
            {way: curves[way] for way in KEPT},
            options.write,
            Path(calibration.__file__).parent / "data" / calibration.FILE,
        )
    others = [answer for part in REPORTED for answer in said(options.data, part)]
    for name, answers in (("fitted on", fitted), ("not fitted on", others)):
        for way in WAYS:
            own = [answer for answer in answers if answer[0] == way]
            print(f"## {way}, {name}\n\n{reliability(own, curves[way])}\n")


def said(data: Path, part: Part) -> Iterator[Said]:
    """All that is said of uses of marks under test in a part, however unsure."""
    tested, cases = made(data, part, EACH[part])
    snapshot = engine.compiled(engine.register(tested, marks.distractors(data, part, tested, 20_000)))
    found, _ = screen(engine.listings(cases), None, snapshot, Model.default(), min_confidence=0.0)
    tally = Tally(cases, ())
    for row in found.to_pylist():
        place = Found(row["row"], row["right_id"], row["way"], row["field"], row["start"], row["end"])
        case = cases[place.row]
        if place.way in USED and place.right_id.startswith("test-") and _tells(tally, case, place):
            terms = sum(reason["weight"] for reason in row["reasons"] if reason["feature"] != CALIBRATED)
            yield place.way, terms, row["confidence"], case.kind in _USES and is_true(case, place)


def _tells(tally: Tally, case: Case, place: Found) -> bool:
    """Whether a place is right or wrong: not where a second mark stands plainly in what is around a name."""
    return case.kind not in _USES or is_true(case, place) or not tally._stands(case, place)


def curve(answers: list[Said]) -> calibration.Curve:
    """Fit a curve that never falls."""
    odds, right = _arrays(answers)
    nearest = np.abs(odds[:, None] - np.array(KNOTS)).argmin(axis=1)
    many = np.bincount(nearest, minlength=len(KNOTS))
    hits = np.bincount(nearest, weights=right, minlength=len(KNOTS))
    meant = np.bincount(nearest, weights=odds, minlength=len(KNOTS)) / np.maximum(many, 1)
    knots = np.where(many > 0, meant, KNOTS)
    share = (hits + AS_SAID * _share(knots)) / (many + AS_SAID)
    share = IsotonicRegression().fit_transform(knots, share, sample_weight=many + AS_SAID)
    were = np.log(share / (1 - share))
    were = np.where(np.abs(were - knots) < LEAST_MOVED, knots, were)
    return calibration.Curve.of(knots.round(2).tolist(), np.maximum.accumulate(were).round(2).tolist())


def _arrays(answers: list[Said]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    return np.array([answer[1] for answer in answers]), np.array([float(answer[3]) for answer in answers])


def _share(odds: NDArray[np.float64]) -> NDArray[np.float64]:
    share: NDArray[np.float64] = 1 / (1 + np.exp(-odds))
    return share


def reliability(answers: list[Said], fitted: calibration.Curve) -> str:
    """Print what was said by the terms, and by the curve, against what was right."""
    odds, right = _arrays(answers)
    shares = (_share(odds), _share(odds + fitted.moved(odds)))
    lines = []
    for low, high in pairwise(EDGES):
        line = [f"{low} to {min(high, 1):g}"]
        for share in shares:
            some = (share >= low) & (share < high)
            line += (
                [f"{some.sum():,}", f"{share[some].mean():.2f}", f"{right[some].mean():.2f}"]
                if some.any()
                else ["0", "", ""]
            )
        lines.append(line)
    briers = [f"{np.mean((share - right) ** 2):.4f}" for share in shares]
    head = ("confidence", "places by terms", "said", "were", "by the curve", "said", "were")
    return f"{table(head, lines)}\n\nBrier {briers[0]} by the terms, {briers[1]} by the curve."


def write(curves: dict[str, calibration.Curve], on: date, to: Path) -> None:
    """Keep the curves as ``calibration`` reads them."""
    lines = [
        "# How sure a use turned out to be, by the log-odds that its terms add up to. Fitted by",
        "# `python -m benchmarks.words.calibrate --data DATA --write DAY` on the parts of the word benchmark that have",
        f"# been read ({', '.join(FITTED)}); what comes of it on the others is in docs/accuracy.md.",
        "",
        f"fitted_on = {on.isoformat()}",
    ]
    for way, fitted in curves.items():
        lines += ["", f"[{way}]", f"said = {fitted.said.tolist()}", f"were = {fitted.were.tolist()}"]
    to.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
