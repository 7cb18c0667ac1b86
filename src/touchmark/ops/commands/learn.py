"""``touchmark learn``: refit the weights of the risk from the operator's own decisions, and report on the result."""

import argparse
from datetime import date
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from touchmark.engine.errors import TouchmarkError

if TYPE_CHECKING:
    from touchmark.engine.learning.examples import Examples
    from touchmark.engine.learning.report import Learnt

#: The columns of a file of decisions; all but ``amounts`` are as in ``apps.decisions.learning.Decided``.
COLUMNS = ("decision", "day", "infringing", "stands_for", "amounts", "brand", "seller")


class NotInstalled(TouchmarkError):
    """What fitting takes is not installed."""


class UnusableDecisions(TouchmarkError):
    """A file of decisions is not of the form that ``--export`` writes."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What ``touchmark learn`` takes."""
    add = parser.add_argument
    add("--out", metavar="MODEL", type=Path, help="where to write the model that was learnt, as TOML")
    add("--report", metavar="FILE", type=Path, help="where to write the report, as Markdown (default: printed)")
    add("--decisions", metavar="FILE", type=Path, help="decisions as --export writes them, not those taken here")
    add("--export", metavar="FILE", type=Path, help="write the decisions taken here, one JSON object a line, and stop")
    add("--model", metavar="FILE", type=Path, help="the model in force (default: the one that screens here)")
    add("--rules", metavar="FILE", type=Path, help="the rules in force (default: those that come along)")


def run(options: argparse.Namespace) -> int:
    """Learn and report; 1 where the test is not passed. Nothing is put in force."""
    from touchmark.engine.learning.report import written

    rows = _from_file(options.decisions) if options.decisions else _from_here()
    if options.export:
        return _export(rows, options.export)
    if find_spec("scipy") is None:
        raise NotInstalled("fitting needs scikit-learn; install touchmark[learn]")
    made, text = _learnt(options, rows)
    report = written(made)
    if options.out:
        options.out.write_text(text, "utf-8")
    if options.report:
        options.report.write_text(report, "utf-8")
    else:
        print(report)
    _tell(options, made)
    return 0 if made.passed else 1


def _learnt(options: argparse.Namespace, rows: list[dict[str, Any]]) -> "tuple[Learnt, str]":
    """Learn, and give the text of the new model file beside."""
    from touchmark.engine.learning.fit import Weights
    from touchmark.engine.learning.learn import learnt, model_text
    from touchmark.engine.screening.model import Model
    from touchmark.engine.screening.verdict import Rules

    text = _model_text(options)
    model = Model.of(text, str(options.model or "model.toml"))
    rules = Rules.load(options.rules) if options.rules else Rules.default()
    codes = tuple(feature.code for feature in model.features)
    in_force = Weights(model.bias, {feature.code: feature.weight for feature in model.features})
    made = learnt(_examples(rows, codes), in_force, model.version, review_at=rules.review_at)
    found = model_text(text, made)
    Model.of(found, "the model that was learnt")  # what is written can be read
    return made, found


def _model_text(options: argparse.Namespace) -> str:
    """Give the file of the model in force."""
    from importlib.resources import files

    path = options.model
    if path is None and not options.decisions:
        from django.conf import settings

        path = Path(settings.TOUCHMARK_MODEL) if settings.TOUCHMARK_MODEL else None
    if path is None:
        return (files("touchmark.engine.screening") / "data" / "model.toml").read_text("utf-8")
    from touchmark.engine.screening.model import Model

    Model.load(path)  # refused in the words that belong to it
    text: str = path.read_text("utf-8")
    return text


def _examples(rows: list[dict[str, Any]], codes: tuple[str, ...]) -> "Examples":
    import numpy as np

    from touchmark.engine.learning.examples import Examples

    amounts = np.array([[float(row["amounts"].get(code, 0.0)) for code in codes] for row in rows])
    texts = {name: np.array([row[name] for row in rows], object) for name in ("decision", "brand", "seller")}
    return Examples(
        codes=codes,
        amounts=amounts.reshape(len(rows), len(codes)),
        infringing=np.array([row["infringing"] for row in rows], np.bool_),
        weight=np.array([row["stands_for"] for row in rows], np.float64),
        brand=texts["brand"],
        seller=texts["seller"],
        day=np.array([date.fromisoformat(row["day"]).toordinal() for row in rows], np.int64),
        name=texts["decision"],
    )


def _from_here() -> list[dict[str, Any]]:
    """Give the decisions that were taken in this installation."""
    from dataclasses import asdict

    from touchmark.ops.django_setup import setup

    setup()
    from touchmark.apps.decisions.learning import decided

    return [asdict(each) | {"day": each.day.isoformat()} for each in decided()]


def _from_file(path: Path) -> list[dict[str, Any]]:
    import json

    try:
        lines = [line for line in path.read_text("utf-8").splitlines() if line.strip()]
        rows = [json.loads(line) for line in lines]
    except (OSError, ValueError) as error:
        raise UnusableDecisions(f"{path}: {error}; give a file that touchmark learn --export wrote") from error
    for number, row in enumerate(rows, start=1):
        _require_form(path, number, row)
    return rows


def _require_form(path: Path, number: int, row: Any) -> None:
    try:
        date.fromisoformat(row["day"])
        whole = isinstance(row["infringing"], bool) and float(row["stands_for"]) > 0
        whole &= all(isinstance(row[name], str) for name in ("decision", "brand", "seller"))
        for amount in row["amounts"].values():
            whole &= abs(float(amount)) < 1e6
    except (KeyError, TypeError, ValueError, AttributeError):
        whole = False
    if not whole:
        raise UnusableDecisions(f"{path}: line {number} is not whole; it takes {', '.join(COLUMNS)}")


def _export(rows: list[dict[str, Any]], path: Path) -> int:
    import json

    lines = (json.dumps({name: row[name] for name in COLUMNS}, ensure_ascii=False) for row in rows)
    path.write_text("".join(f"{line}\n" for line in lines), "utf-8")
    print(f"{len(rows):,} decisions in {path}")
    return 0


def _tell(options: argparse.Namespace, made: "Learnt") -> None:
    said = "the test is passed" if made.passed else "the test is not passed"
    print(f"{made.version_now}: {said}; nothing has been put in force")
    if options.out:
        print(f"The model is in {options.out}. To screen by it: touchmark screen --model, or TOUCHMARK_MODEL here.")
