"""``touchmark import``: files into the installation, as often as wanted, and through an interrupt."""

import csv
import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet
import pytest
from tests.factories import accounts, catalog, pictures, registry, tables

from touchmark.apps.audit import queries as audit
from touchmark.apps.audit.models import Event
from touchmark.apps.catalog.models import Listing, ListingImage, Marketplace, Seller
from touchmark.apps.inbox.models import Letter
from touchmark.apps.registry import queries
from touchmark.apps.registry.models import Right
from touchmark.apps.registry.record import stream_of
from touchmark.engine.lifecycle.right import RIGHT
from touchmark.engine.terms import Role
from touchmark.ops.cli import UNUSABLE, main
from touchmark.ops.importing import BATCH

pytestmark = pytest.mark.django_db
RIGHTS = [
    {
        "right_id": "wm-1",
        "kind": "word_mark",
        "text": "ALDERMOOR",
        "aliases": "Alder Moor|奥德摩",
        "owner": "Aldermoor Ltd",
    },
    {"right_id": "fm-1", "kind": "figurative_mark", "image": "logo.png", "owner": "Aldermoor Ltd", "attorney": "Smith"},
]
LISTINGS = [
    {
        "listing_id": "00123",
        "marketplace": "bazaar",
        "seller_id": "s-1",
        "title": "Teapot",
        "price": "12.90",
        "images": "a.png|b.png",
        "label": "x",
    },
    {"listing_id": "NA", "marketplace": "bazaar", "title": "<b>Cup</b>", "price": "12,90 €"},
]
SELLERS = [{"seller_id": "s-1", "marketplace": "bazaar", "name": "Tea & Things", "identity_tokens": "bank:1|phone:2"}]


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Path) -> Path:
    settings.BLOBS = tmp_path / "blobs"
    for number, name in enumerate(("logo.png", "a.png", "b.png")):
        (tmp_path / name).write_bytes(pictures.drawn(number))
    return tmp_path


@pytest.fixture
def bazaar() -> Marketplace:
    return catalog.marketplace("bazaar", "The Bazaar")


def written(path: Path, rows: list[dict[str, str]]) -> str:
    """Write rows in the format of the suffix; lists as each format has them."""
    names = list(dict.fromkeys(name for row in rows for name in row))
    whole = [{name: _lists(name, row.get(name)) for name in names} for row in rows]
    if path.suffix == ".jsonl":
        path.write_text("".join(f"{json.dumps(row)}\n" for row in whole), encoding="utf-8")
    elif path.suffix == ".parquet":
        pyarrow.parquet.write_table(pa.Table.from_pylist(whole), path)
    else:
        with path.open("w", encoding="utf-8", newline="") as file:
            table = csv.DictWriter(file, names)
            table.writeheader()
            table.writerows(rows)
    return str(path)


def _lists(name: str, value: str | None) -> str | list[str] | None:
    return value.split("|") if value and name in ("aliases", "images", "identity_tokens") else value


def refused(path: Path) -> list[tuple[str, str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return [(row["row"], row["severity"], row["column"]) for row in csv.DictReader(file)]


@pytest.mark.parametrize("suffix", [".csv", ".jsonl", ".parquet"])
def test_rights_come_in_from_every_kind_of_file(folder: Path, suffix: str, capsys: pytest.CaptureFixture[str]) -> None:
    file = written(folder / f"rights{suffix}", RIGHTS)
    assert main(["import", "rights", file]) == 0
    assert "rights: 2 new, 0 changed, 0 unchanged\n" in capsys.readouterr().out
    word, figure = Right.objects.order_by("-right_id").select_related("holder", "image")
    assert (word.text, word.aliases, word.holder.name) == ("ALDERMOOR", ["Alder Moor", "奥德摩"], "Aldermoor Ltd")
    assert figure.image
    assert (figure.image.problem, figure.extra, figure.holder) == ("", {"attorney": "Smith"}, word.holder)


def test_listings_and_sellers_come_in(folder: Path, bazaar: Marketplace, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["import", "sellers", written(folder / "sellers.csv", SELLERS)]) == 0
    out = folder / "refused.csv"
    assert main(["import", "listings", written(folder / "listings.csv", LISTINGS), "--refused", str(out)]) == 0
    said = capsys.readouterr().out
    assert "sellers: 1 new" in said
    assert "listings: 2 new" in said
    pot, cup = Listing.objects.order_by("listing_id").select_related("seller")
    assert (pot.listing_id, str(pot.price), pot.extra) == ("00123", "12.9000", {"label": "x"})
    assert pot.seller
    assert (pot.seller.name, pot.seller.identity_tokens) == ("Tea & Things", ["bank:1", "phone:2"])
    assert [image.problem for image in pot.images.all()] == ["", ""]
    # "NA" is an id, "12,90 €" is no number: said, and the listing is here all the same
    assert (cup.listing_id, cup.title, cup.price, cup.unreadable) == ("NA", "<b>Cup</b>", None, ["price"])
    assert refused(out) == [("2", "warning", "price")]


@pytest.mark.parametrize(("kind", "rows"), [("rights", RIGHTS), ("listings", LISTINGS), ("sellers", SELLERS)])
def test_the_second_time_nothing_is_written(
    folder: Path, bazaar: Marketplace, kind: str, rows: list[dict[str, str]], capsys: pytest.CaptureFixture[str]
) -> None:
    file = written(folder / f"{kind}.csv", rows)
    main(["import", kind, file])
    before = [list(model.objects.values()) for model in (Right, Listing, ListingImage, Seller, Event)]
    capsys.readouterr()
    assert main(["import", kind, file]) == 0
    assert f"0 new, 0 changed, {len(rows)} unchanged; nothing was written" in capsys.readouterr().out
    assert [list(model.objects.values()) for model in (Right, Listing, ListingImage, Seller, Event)] == before


def test_a_listing_that_a_file_names_twice_is_taken_once_however_far_apart(
    folder: Path, bazaar: Marketplace, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("touchmark.ops.importing.BATCH", 2)
    rows = [{"listing_id": str(n % 4), "title": f"T{n}", "marketplace": ("bazaar", "")[n % 2]} for n in range(10)]
    file, out = written(folder / "listings.csv", rows), folder / "refused.csv"
    for said in ("4 new, 0 changed, 0 unchanged, 6 named again", "0 new, 0 changed, 4 unchanged, 6 named again"):
        assert main(["import", "listings", file, "--marketplace", "bazaar", "--refused", str(out)]) == 0
        assert said in capsys.readouterr().out
        assert sorted(Listing.objects.values_list("title", flat=True)) == ["T6", "T7", "T8", "T9"]
    assert refused(out) == [(str(n), "warning", "listing_id") for n in range(1, 7)]


def test_rows_that_cannot_be_used_are_said_with_a_remedy(
    folder: Path, bazaar: Marketplace, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = [
        {"listing_id": "1", "title": "No such place", "marketplace": "amazom"},
        {"listing_id": "", "title": "No id", "marketplace": "bazaar"},
        {"listing_id": "3", "title": "", "marketplace": "bazaar"},
        {"listing_id": "4", "title": "Sound", "marketplace": "The Bazaar"},
        {"listing_id": "5", "title": "No place at all", "marketplace": ""},
        {"listing_id": "6", "title": "No picture", "marketplace": "bazaar", "images": "gone.png|../../etc/passwd"},
    ]
    out = folder / "refused.csv"
    assert main(["import", "listings", written(folder / "l.csv", rows), "--refused", str(out)]) == 1
    assert sorted(Listing.objects.values_list("listing_id", flat=True)) == ["4", "6"]
    assert refused(out) == [
        ("1", "refused", "marketplace"),
        ("2", "refused", "listing_id"),
        ("3", "refused", "title"),
        ("5", "refused", "marketplace"),
        ("6", "warning", "images"),
        ("6", "warning", "images"),
    ]
    said = capsys.readouterr().out
    assert "4 rows refused, 2 values left out" in said
    assert "Open here: bazaar" in said


def test_rights_with_nothing_claimed_or_twice_the_same_id(folder: Path) -> None:
    rows = [
        {"right_id": "1", "kind": "word_mark", "text": "", "image": ""},
        {"right_id": "2", "kind": "word_mark", "text": "A", "image": ""},
        {"right_id": "2", "kind": "word_mark", "text": "B", "image": ""},
        {"right_id": "3", "kind": "trade secret", "text": "C", "image": ""},
        {"right_id": "4", "kind": "figurative_mark", "text": "", "image": "script.svg"},
        {"right_id": "5", "kind": "figurative_mark", "text": "", "image": "huge.png"},
    ]
    (folder / "script.svg").write_bytes(pictures.SVG_WITH_SCRIPT)
    (folder / "huge.png").write_bytes(pictures.TOO_LARGE)
    out = folder / "refused.csv"
    assert main(["import", "rights", written(folder / "rights.csv", rows), "--refused", str(out)]) == 1
    assert refused(out) == [
        ("1", "refused", "text"),
        ("3", "refused", "right_id"),
        ("4", "refused", "kind"),
        ("5", "warning", "image"),
        ("6", "warning", "image"),
    ]
    kept = Right.objects.order_by("right_id").values_list("right_id", "text", "image__problem")
    assert list(kept) == [("2", "A", None), ("4", "", "unsafe_svg"), ("5", "", "too_many_pixels")]


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("gone.csv", None, "no such file"),
        ("rights.xlsx", b"PK", "must end in"),
        ("empty.csv", b"", "empty"),
        ("latin.csv", "right_id,kind,text\n1,word_mark,Café\n".encode("latin-1"), "not UTF-8"),
        ("wide.csv", "right_id,kind,text\n1,word_mark,A\n".encode("utf-16"), "UTF-16"),
        ("columns.csv", b"id,kind,text\n1,word_mark,A\n", "no column right_id"),
    ],
)
def test_a_file_that_cannot_be_used_at_all(
    folder: Path, name: str, data: bytes | None, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    if data is not None:
        (folder / name).write_bytes(data)
    assert main(["import", "rights", str(folder / name)]) == UNUSABLE
    error = capsys.readouterr().err.strip().splitlines()[-1]
    assert said in error
    assert error.startswith("touchmark import:")
    assert not Right.objects.exists()


def test_a_marketplace_that_nobody_opened_stops_before_the_first_row(folder: Path, bazaar: Marketplace) -> None:
    file = written(folder / "listings.csv", LISTINGS)
    assert main(["import", "listings", file, "--marketplace", "amazom"]) == UNUSABLE
    assert not Listing.objects.exists()


def test_a_reviewer_vouches_for_a_file(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rita = accounts.member(Role.REVIEWER, email="rita@bazaar.test")
    vera = registry.holder("Aldermoor Ltd")
    file = written(folder / "rights.csv", RIGHTS)
    assert main(["import", "rights", file]) == 0
    capsys.readouterr()
    assert main(["import", "rights", file, "--vouched-by", "Rita@Bazaar.test"]) == 0
    assert "2 unchanged; 2 verified" in capsys.readouterr().out
    for right in Right.objects.all():
        assert (right.status, right.verified_by_id, right.holder_id) == ("verified", rita.pk, vera.organisation_id)
        kinds = [event.kind for event in audit.events_of(stream_of(right))]
        assert (kinds, RIGHT.folded(kinds)) == (["submit", "verify"], right.status)
    assert (Letter.objects.count(), queries.verified_table().num_rows) == (1, 2)
    state = queries.version()
    assert main(["import", "rights", file, "--vouched-by", "rita@bazaar.test"]) == 0
    assert "nothing was written" in capsys.readouterr().out
    assert (Letter.objects.count(), queries.version()) == (1, state)


@pytest.mark.parametrize("role", [None, Role.OPERATOR, Role.HOLDER])
def test_nobody_else_vouches(folder: Path, role: Role | None, capsys: pytest.CaptureFixture[str]) -> None:
    if role:
        accounts.member(role, email="someone@example.test")
    file = written(folder / "rights.csv", RIGHTS)
    assert main(["import", "rights", file, "--vouched-by", "someone@example.test"]) == UNUSABLE
    assert "give that of a reviewer" in capsys.readouterr().err
    assert not Right.objects.exists()


def test_somebody_with_two_hats_vouches_as_a_reviewer(folder: Path) -> None:
    person = accounts.member(Role.HOLDER, email="rita@bazaar.test")
    accounts.member(Role.REVIEWER, person=person)
    assert main(["import", "rights", written(folder / "r.csv", RIGHTS), "--vouched-by", "rita@bazaar.test"]) == 0
    assert set(Right.objects.values_list("status", flat=True)) == {"verified"}


def test_pictures_may_lie_elsewhere(folder: Path) -> None:
    (folder / "pictures").mkdir()
    (folder / "logo.png").rename(folder / "pictures" / "logo.png")
    file = written(folder / "rights.csv", RIGHTS)
    assert main(["import", "rights", file, "--images", str(folder / "pictures")]) == 0
    assert Right.objects.get(right_id="fm-1").image_id


def test_an_interrupt_loses_nothing_that_was_told_and_the_next_run_goes_on(tmp_path: Path) -> None:
    """A real process on a database of its own: stopped by Ctrl-C between batches, then killed, then run to its end."""
    environment = os.environ | {"TOUCHMARK_VAR": str(tmp_path / "var")}
    environment |= {"TOUCHMARK_DATABASE_URL": f"sqlite:///{tmp_path}/var/touchmark.sqlite3"}
    environment |= {"DJANGO_SETTINGS_MODULE": "touchmark.site.settings"}
    rows = [
        {"right_id": f"r-{n}", "kind": "word_mark", "text": f"MARK {n}", "owner": f"O {n % 9}"} for n in range(7_000)
    ]
    file = written(tmp_path / "rights.csv", rows)

    def start(*arguments: str) -> "subprocess.Popen[str]":
        command = [sys.executable, "-m", "touchmark.ops.cli", *arguments]
        return subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)

    def count() -> tuple[int, int]:
        with closing(sqlite3.connect(tmp_path / "var" / "touchmark.sqlite3")) as database:
            (rights,) = database.execute("select count(*) from registry_right").fetchone()
            (events,) = database.execute("select count(*) from audit_event where stream like 'right:%'").fetchone()
        return rights, events

    def stopped_by(sign: int, beyond: int) -> tuple[int, str]:
        running = start("import", "rights", file)
        while running.poll() is None and count()[0] <= beyond:
            time.sleep(0.02)
        running.send_signal(sign)
        _, errors = running.communicate(timeout=60)
        return running.returncode, errors

    tables.on_sqlite(tmp_path / "var" / "touchmark.sqlite3")
    code, said = stopped_by(signal.SIGINT, 0)
    first, events = count()
    assert code == 130
    assert f"{first:,} new" in said
    assert "these stay" in said
    assert 0 < first < 7_000
    assert (first % BATCH, events) == (0, first)
    stopped_by(signal.SIGKILL, first)
    second, events = count()
    assert (second % BATCH, events) == (0, second)
    assert first < second < 7_000
    whole = start("import", "rights", file)
    told, _ = whole.communicate(timeout=120)
    assert f"rights: {7_000 - second:,} new, 0 changed, {second:,} unchanged" in told
    assert count() == (7_000, 7_000)
