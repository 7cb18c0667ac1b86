"""Usual prices are learnt of brands that are named alone, and kept with the snapshot."""

from pathlib import Path

import numpy as np
import pytest
from tests.engine.screening.scene import listings

from touchmark.engine.screening.schemas import RIGHTS
from touchmark.engine.screening.snapshot import store
from touchmark.engine.screening.snapshot.compile import compile_register
from touchmark.engine.screening.snapshot.learn_prices import with_learnt_prices
from touchmark.engine.screening.snapshot.prices import FEWEST
from touchmark.engine.screening.snapshot.snapshot import Snapshot
from touchmark.ops.cli import main

ROWS = [
    {"row": 1, "right_id": "R-1", "kind": "word_mark", "text": "Velmora", "brand": "Velmora"},
    {"row": 2, "right_id": "R-2", "kind": "word_mark", "text": "Nordhelm", "brand": "Nordhelm"},
]


@pytest.fixture
def snapshot() -> Snapshot:
    return compile_register(RIGHTS.empty_table().from_pylist(ROWS, schema=RIGHTS), None)[0]


def offers(count: int, title: str = "Velmora tote bag") -> list[dict]:
    return [{"title": title, "price": 500.0 + number, "currency": "EUR"} for number in range(count)]


def test_prices_are_learnt_kept_and_name_the_snapshot(snapshot: Snapshot, tmp_path: Path) -> None:
    batch = listings(*offers(100), *offers(100, "Velmora and Nordhelm tote bag"), *offers(FEWEST - 1, "Nordhelm bag"))
    learnt = with_learnt_prices(snapshot, batch)
    assert set(learnt.prices.table["holder"].to_pylist()) == {int(snapshot.marks.holder[0])}
    assert learnt.prices.table["count"].to_pylist() == [100, 100]  # all goods, and bags
    assert learnt.prices.table["q50"].to_pylist() == pytest.approx([549.5, 549.5])
    assert learnt.id != snapshot.id == with_learnt_prices(snapshot, listings()).id
    store.save(learnt, tmp_path / "kept")
    kept = store.open(tmp_path / "kept")
    assert kept.id == learnt.id
    assert kept.prices.table.equals(learnt.prices.table)


def test_a_command_learns_them(tmp_path: Path) -> None:
    (tmp_path / "rights.csv").write_text("right_id,kind,text,brand\nR-1,word_mark,Velmora,Velmora\n", "utf-8")
    rows = [f"L-{n},Velmora tote bag,{400 + n},EUR" for n in range(80)]
    (tmp_path / "own.csv").write_text("\n".join(["listing_id,title,price,currency", *rows, ""]), "utf-8")
    files = [str(tmp_path / name) for name in ("rights.csv", "own.csv", "kept")]
    assert main(["compile", files[0], "--trusted", files[1], "--out", files[2]]) == 0
    low = store.open(tmp_path / "kept").prices.table["q02"].to_pylist()
    assert low == pytest.approx([float(np.quantile(np.arange(400, 480), 0.02))] * 2)
