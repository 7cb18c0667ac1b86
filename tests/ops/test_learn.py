"""``touchmark learn``: from decisions to a report and a file, and nothing put in force."""

import json
import tomllib
from collections.abc import Iterable
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest
from tests.factories import catalog, decisions
from tests.factories.decisions import LATER

from touchmark.apps.decisions import actions
from touchmark.apps.decisions.kinds import DecisionKind
from touchmark.apps.decisions.learning import decided
from touchmark.apps.screening import actions as screening
from touchmark.engine.screening.model import Model
from touchmark.ops.cli import main


def written(path: Path, rows: Iterable[dict]) -> Path:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    return path


def made_up(count: int, *, seed: int = 1, says: str = "coded_grade") -> list[dict]:
    """Decisions in which one feature tells what is decided, and the others do not."""
    random = np.random.default_rng(seed)
    rows = []
    for number in range(count):
        said = bool(random.random() < 0.4)
        rows.append({
            "decision": f"D-{number}",
            "day": (date(2026, 1, 1) + timedelta(days=int(random.integers(200)))).isoformat(),
            "infringing": bool(random.random() < (0.9 if said else 0.05)),
            "stands_for": 1.0,
            "amounts": {"plain_mark": 0.97, "low_price": float(random.random()), **({says: 1.0} if said else {})},
            "brand": f"brand {random.integers(40)}",
            "seller": f"1:{random.integers(4000)}",
        })  # fmt: skip
    return rows


def test_a_model_is_learnt_tried_and_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = written(tmp_path / "d.jsonl", made_up(900))
    out, report = tmp_path / "model.toml", tmp_path / "report.md"
    assert main(["learn", "--decisions", str(file), "--out", str(out), "--report", str(report)]) == 0
    assert "nothing has been put in force" in capsys.readouterr().out
    assert "The test is passed" in report.read_text("utf-8")
    learnt, before = Model.load(out), Model.default()
    assert learnt.version.startswith(before.version + "+")
    assert learnt.use == before.use
    weights = {feature.code: feature.weight for feature in learnt.features}
    assert weights["coded_grade"] > weights["low_price"] + 1
    assert main(["learn", "--decisions", str(file), "--out", str(tmp_path / "again.toml")]) == 0
    assert (tmp_path / "again.toml").read_bytes() == out.read_bytes()


def test_promotion_is_refused_where_the_new_model_finds_less(tmp_path: Path) -> None:
    """A year of decisions in which a word spoke for sellers, then a month in which it speaks against them."""
    old = [row | {"infringing": not row["infringing"]} for row in made_up(1200)]
    new = [row | {"day": "2027-01-01", "decision": f"N{row['decision']}"} for row in made_up(400, seed=2)]
    file = written(tmp_path / "d.jsonl", old + new)
    assert main(["learn", "--decisions", str(file), "--out", str(tmp_path / "m.toml")]) == 1
    assert tomllib.loads((tmp_path / "m.toml").read_text("utf-8"))["version"] != Model.default().version


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "it takes 50"),
        ('{"decision": "D-1"}\n', "line 1 is not whole"),
        ("no json\n", "--export"),
        (json.dumps(made_up(1)[0] | {"stands_for": 0}) + "\n", "line 1 is not whole"),
    ],
)
def test_what_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str, said: str) -> None:
    file = tmp_path / "d.jsonl"
    file.write_text(text, "utf-8")
    assert main(["learn", "--decisions", str(file)]) == 2
    assert said in capsys.readouterr().err


@pytest.mark.django_db
def test_decisions_taken_here_are_learnt_from(settings: object, tmp_path: Path) -> None:
    """A reversal counts as an error of ours, a dismissal as no infringement, and what was drawn stands for many."""
    for name in ("BLOBS", "SNAPSHOTS", "SHARDS"):
        setattr(settings, name, tmp_path / name.lower())
    settings.TOUCHMARK_SAMPLE = 1.0  # type: ignore[attr-defined]
    desk = decisions.desk()
    kept = decisions.restriction(desk, "disguised")
    wrong = decisions.restriction(desk, "copied")
    actions.reverse(decision=wrong, reason="The seller may.", actor=decisions.acting(desk.ravi), at=LATER)
    decisions.restriction(desk, "long", kind=DecisionKind.NONE, ground=None)
    found = {each.decision: each for each in decided()}
    assert found[kept.ref].infringing
    assert not found[wrong.ref].infringing
    assert found[kept.ref].brand == desk.mark.brand.name if desk.mark.brand else True
    assert sorted(each.infringing for each in found.values()) == [False, False, True]
    assert all(each.amounts for each in found.values())
    export = tmp_path / "d.jsonl"
    assert main(["learn", "--export", str(export)]) == 0
    assert len(export.read_text("utf-8").splitlines()) == 3
    assert main(["learn"]) == 2  # three are too few


@pytest.mark.django_db
def test_the_model_that_screens_here_can_be_set(settings: object, tmp_path: Path) -> None:
    text = (Path(screening.__file__).parents[2] / "engine/screening/data/model.toml").read_text("utf-8")
    (tmp_path / "own.toml").write_text(text.replace(f'"{Model.default().version}"', '"own-1"', 1), "utf-8")
    for name in ("BLOBS", "SNAPSHOTS", "SHARDS"):
        setattr(settings, name, tmp_path / name.lower())
    settings.TOUCHMARK_MODEL = str(tmp_path / "own.toml")  # type: ignore[attr-defined]
    catalog.listing(title="A teapot")
    assert screening.screen_catalogue(at=LATER).model_version == "own-1"
