"""Counting over a file of listings at how many sellers each picture is shown."""

from pathlib import Path

import pytest

from touchmark.integrations.files.reading import open_table
from touchmark.integrations.files.tables import LISTINGS
from touchmark.ops import shared_photos
from touchmark.ops.shared_photos import can_be_counted, over_the_file
from touchmark.runners.local import LocalRunner

HEAD = "listing_id,title,marketplace,seller_id,images\n"


def counted(folder: Path, rows: list[str], *, workers: int = 1, head: str = HEAD) -> dict[str, int]:
    (folder / "l.csv").write_text(head + "\n".join(rows), encoding="utf-8")
    listings = open_table(folder / "l.csv", LISTINGS, batch_rows=3)
    pictures = over_the_file(listings, folder, LocalRunner(workers), lambda rows, share: None).pictures
    return dict(zip(pictures["picture"].to_pylist(), pictures["sellers"].to_pylist(), strict=True))


def shop(folder: Path, pictures: dict[str, str]) -> None:
    for name, content in pictures.items():
        (folder / name).write_text(content)


ROWS = [f"{n},bag,m,s{n},same-{n % 2}.jpg|own-{n}.jpg" for n in range(5)]
FILES = {"same-0.jpg": "photo", "same-1.jpg": "photo"} | {f"own-{n}.jpg": f"own {n}" for n in range(5)}


def test_a_picture_is_known_by_its_bytes_whatever_its_names(tmp_path: Path) -> None:
    shop(tmp_path, FILES)
    assert counted(tmp_path, ROWS) == {"same-0.jpg": 5, "same-1.jpg": 5}


def test_a_seller_counts_once_and_one_of_another_marketplace_is_another(tmp_path: Path) -> None:
    shop(tmp_path, {"a.jpg": "photo"})
    rows = ["1,t,m,s,a.jpg", "2,t,m,s,a.jpg", "3,t,n,s,a.jpg", "4,t,m,t,a.jpg|a.jpg"]
    assert counted(tmp_path, rows) == {"a.jpg": 3}


def test_two_sellers_are_few(tmp_path: Path) -> None:
    shop(tmp_path, {"a.jpg": "photo"})
    assert counted(tmp_path, ["1,t,m,s,a.jpg", "2,t,m,t,a.jpg"]) == {}


def test_what_is_missing_or_has_no_seller_is_not_counted(tmp_path: Path) -> None:
    shop(tmp_path, {"a.jpg": "photo"})
    assert counted(tmp_path, [f"{n},t,m,{n if n < 3 else ''},a.jpg|gone.jpg|../x" for n in range(9)]) == {"a.jpg": 3}


def test_any_number_of_workers_and_shares_count_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shop(tmp_path, FILES)
    once = counted(tmp_path, ROWS)
    monkeypatch.setattr(shared_photos, "AT_ONCE", 2)
    assert counted(tmp_path, ROWS, workers=2) == once


def test_of_too_many_names_those_that_most_sellers_show_are_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shop(tmp_path, {"a.jpg": "one", "b.jpg": "two"})
    monkeypatch.setattr(shared_photos, "MOST_NAMES", 1)
    rows = [f"{n},t,m,s{n},{'a.jpg|b.jpg' if n < 3 else 'b.jpg'}" for n in range(5)]
    assert counted(tmp_path, rows) == {"b.jpg": 5}


def test_a_file_without_pictures_or_sellers_is_not_read(tmp_path: Path) -> None:
    for head, can in (("listing_id,title", False), ("listing_id,title,images", False), (HEAD.strip(), True)):
        (tmp_path / "l.csv").write_text(f"{head}\n")
        assert can_be_counted(open_table(tmp_path / "l.csv", LISTINGS)) is can
