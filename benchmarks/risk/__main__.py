"""
``python -m benchmarks.risk --data DATA --part fit|report``.

``fit`` fits the weights to one part of the listings and writes them, with ``--write``, into ``data/model.toml``, and
shows what each threshold would do there. ``report`` says what the model and rules that come along do on the other.
"""

import argparse
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.risk.by_hand import BY_HAND
from benchmarks.risk.diagram import as_svg, as_text
from benchmarks.risk.measured import Measured, measured, snapshot_of, weights_of
from benchmarks.risk.parts import Listing, listings
from touchmark.engine.learning.examples import Examples
from touchmark.engine.learning.fit import Weights, fitted
from touchmark.engine.learning.measure import expected_error, log_loss, reliability, share
from touchmark.engine.screening.model import Model
from touchmark.engine.screening.verdict import Rules

THRESHOLDS = (0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.5)
#: The share of suspected listings that name a brand, among those and all others of the data: 942 of 10,435.
MIX = 0.09
#: What the register knows of prices: nothing, a reference price per brand, and usual prices learnt besides.
REGISTERS = {
    "no prices": {"prices": False, "learnt": False},
    "reference prices": {"prices": True, "learnt": False},
    "and learnt prices": {"prices": True, "learnt": True},
}
_MAIN = "reference prices"


def main() -> None:
    """Fit, or report."""
    options = _options()
    rows = list(listings(options.data))
    with TemporaryDirectory() as folder:
        if options.part == "fit":
            _fit(options, rows, Path(folder))
        else:
            _report(options, rows, Path(folder))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.risk")
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--part", choices=("fit", "report"), required=True)
    parser.add_argument("--write", action="store_true", help="write the weights into data/model.toml")
    parser.add_argument("--svg", type=Path, help="where to write the reliability diagram")
    return parser.parse_args()


def _fit(options: argparse.Namespace, rows: Sequence[Listing], folder: Path) -> None:
    """Fit to listings that use a right, of sources to fit on and brands not held apart; the suspected name a brand."""
    of = [each for each in rows if each.fits]
    snapshot = snapshot_of(options.data, rows, folder, **REGISTERS["and learnt prices"])
    found = measured(of, snapshot)
    used = found.examples.amounts.any(axis=1)
    chosen = found.taken(used & (~found.where(file="suspected") | found.where(named=True)) & ~found.where(apart=True))
    weights = fitted(_mixed(chosen.examples), BY_HAND)
    print(f"fitted on {len(chosen.listings):,} listings, {chosen.examples.infringing.sum()} of them suspected\n")
    print(f"bias {weights.bias}")
    for code, weight in weights.weights.items():
        seen = int((chosen.examples.amounts[:, chosen.examples.codes.index(code)] != 0).sum())
        print(f"{code:18} {weight:7.3f}   seen in {seen}")
    print("\nwhat each threshold reviews, on the part fitted on\n")
    plain = measured(of, snapshot_of(options.data, rows, folder, **REGISTERS[_MAIN]))
    print(_by_threshold({_MAIN: plain, "and learnt prices": found}, weights))
    if options.write:
        _write(weights)


def _mixed(examples: Examples) -> Examples:
    """Weigh the suspected so that they are as large a share as in all of the data; the part fitted on has few."""
    suspected = examples.infringing
    times = MIX / (1 - MIX) * (~suspected).sum() / suspected.sum()
    return replace(examples, weight=np.where(suspected, times, 1.0))


def _by_threshold(of: dict[str, Measured], weights: Weights) -> str:
    lines = ["| prices | from | suspected, named | resale | general |", "| --- | ---: | ---: | ---: | ---: |"]
    for name, found in of.items():
        risk = weights.risk(found.examples)
        groups = ({"file": "suspected", "named": True}, {"file": "resale"}, {"file": "general"})
        for at in THRESHOLDS:
            cells = [str(share((risk >= at)[found.where(**group)])) for group in groups]
            lines.append(f"| {name} | {at} | {' | '.join(cells)} |")
    return "\n".join(lines)


def _write(weights: Weights) -> None:
    path = Path(str(files("touchmark.engine.screening") / "data" / "model.toml"))
    text = path.read_text("utf-8")
    text = re.sub(r"(?m)^bias = .*$", f"bias = {weights.bias}", text, count=1)
    for code, weight in weights.weights.items():
        text = re.sub(rf"(?m)^{code} = .*$", f"{code} = {weight}", text, count=1)
    path.write_text(text, "utf-8")


def _report(options: argparse.Namespace, rows: Sequence[Listing], folder: Path) -> None:
    """Say what comes of listings of sources that nothing was fitted on."""
    of = [each for each in rows if not each.fits]
    weights, rules = weights_of(Model.default()), Rules.default()
    print(f"model {Model.default().version}, rules {rules.version}: reviewed from {rules.review_at}\n")
    by_prices: dict[str, Measured] = {}
    for name, kind in REGISTERS.items():
        snapshot = snapshot_of(options.data, rows, folder, **kind)
        by_prices[name] = measured(of, snapshot)
        if name == _MAIN:
            untold = measured(of, snapshot, conditions=False)
    print(_table(by_prices, weights, rules), end="\n\n")
    print("with reference prices, and less to go by\n")
    without = replace(weights, weights={c: 0.0 if c.startswith("coded") else w for c, w in weights.weights.items()})
    print(_table({"no condition told": untold}, weights, rules), end="\n\n")
    print(_table({"no coded words": by_prices[_MAIN]}, without, rules), end="\n\n")
    print(_calibration(options, by_prices[_MAIN], weights))


def _groups(found: Measured) -> Iterator[tuple[str, NDArray[np.bool_]]]:
    named: dict[str, Any] = {"file": "suspected", "named": True}
    yield "suspected, a brand named", found.where(**named)
    for source in sorted({each.source for each in found.listings if each.file == "suspected"}):
        yield f"· of {source}", found.where(**named, source=source)
    yield "· brands in no example of the fit", found.where(**named, apart=True)
    yield "resale", found.where(file="resale")
    for source in sorted({each.source for each in found.listings if each.file == "resale"}):
        yield f"· of {source}", found.where(source=source)
    yield "· brands in no example of the fit", found.where(file="resale", apart=True)
    yield "general", found.where(file="general")


def _table(of: dict[str, Measured], weights: Weights, rules: Rules) -> str:
    first = next(iter(of.values()))
    lines = [f"| reviewed or acted on | listings | {' | '.join(of)} |", "| --- | ---: |" + " ---: |" * len(of)]
    flagged = {name: weights.risk(found.examples) >= rules.review_at for name, found in of.items()}
    for name, which in _groups(first):
        cells = [f"{int(each[which].sum())} · {share(each[which])}" for each in flagged.values()]
        lines.append(f"| {name} | {int(which.sum()):,} | {' | '.join(cells)} |")
    return "\n".join(lines)


def _calibration(options: argparse.Namespace, found: Measured, weights: Weights) -> str:
    """Of listings that name a brand, or are not suspected: the mix that was fitted."""
    chosen = found.taken(~found.where(file="suspected") | found.where(named=True)).examples
    risk = weights.risk(chosen)
    bins = reliability(risk, chosen.infringing, chosen.weight)
    if options.svg:
        options.svg.write_text(as_svg(bins), "utf-8")
    error, loss = expected_error(bins), log_loss(risk, chosen.infringing, chosen.weight)
    return f"{as_text(bins)}\n\nexpected calibration error {error:.3f}, log loss {loss:.3f} nats"


if __name__ == "__main__":
    main()
