"""From a catalogue to the words that a person has reviewed, and what they change, by the commands alone."""

import csv
from pathlib import Path

import pytest

from touchmark.ops.cli import main

TITLES = ("Velmora beach towel", "Velmora handbag", "Coral beach towel")


def written(path: Path, rows: list[dict[str, str]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return path


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


@pytest.fixture
def rights(tmp_path: Path) -> Path:
    rows = [
        {"right_id": f"R-{n}", "kind": "word_mark", "text": text} for n, text in enumerate(("Velmora", "Coral beach"))
    ]
    return written(tmp_path / "rights.csv", rows)


@pytest.fixture
def listings(tmp_path: Path) -> Path:
    rows = [
        {"listing_id": f"{title}-{seller}", "title": title, "seller_id": f"s{seller}"}
        for title in TITLES
        for seller in range(6)
    ]
    return written(tmp_path / "listings.csv", rows)


def found(listings: Path, register: Path, out: Path) -> set[tuple[str, str]]:
    assert main(["screen", str(listings), f"--rights={register}", f"--out={out}", "--as-of=2026-03-31"]) == 0
    return {(row["listing_id"].split("-")[0], row["right_id"]) for row in read(out)}


def test_a_phrase_reviewed_for_one_mark_takes_it_out_there_and_nowhere_else(
    tmp_path: Path, rights: Path, listings: Path
) -> None:
    before = found(listings, rights, tmp_path / "before.csv")
    assert {("Velmora beach towel", "R-0"), ("Velmora handbag", "R-0"), ("Coral beach towel", "R-1")} <= before
    proposed = tmp_path / "words.csv"
    assert main(["learn-words", str(listings), f"--rights={rights}", f"--out={proposed}"]) == 0
    rows = read(proposed)
    assert "velmora" in {row["word"].lower() for row in rows}
    assert not any(row.get("kind") for row in rows)  # nothing is in force before a person has said so
    said = dict.fromkeys(rows[0], "")
    reviewed = written(
        tmp_path / "reviewed.csv",
        [
            *rows,
            said | {"word": "velmora beach", "kind": "phrase", "mark": "Velmora"},
            said | {"word": "coral beach towel", "kind": "phrase", "mark": "Velmora"},
        ],
    )
    assert main(["compile", str(rights), f"--words={reviewed}", f"--out={tmp_path / 'snapshot'}"]) == 0
    assert before - found(listings, tmp_path / "snapshot", tmp_path / "after.csv") == {("Velmora beach towel", "R-0")}
