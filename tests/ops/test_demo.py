"""The demo's world, in small: drawn the same every time, and with everything in it that a visitor is shown."""

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pyarrow as pa
import pytest
from tests.factories import tables
from tests.factories.accounts import AT

from touchmark.apps.accounts import access
from touchmark.apps.accounts import queries as people
from touchmark.apps.accounts.demo import NotEmpty
from touchmark.apps.catalog.models import Listing, Marketplace, Seller
from touchmark.apps.decisions import queue
from touchmark.apps.notices.models import NoticeItem
from touchmark.apps.registry.models import Right
from touchmark.apps.screening import queries as screened
from touchmark.engine.screening.image.compile import compile_images
from touchmark.engine.screening.image.match import match_images
from touchmark.engine.terms import Actor, Role
from touchmark.ops.demo import offers
from touchmark.ops.demo.build import build

SHOP = "http://127.0.0.1:8001"


@pytest.fixture(autouse=True)
def in_small(monkeypatch: pytest.MonkeyPatch, settings: object, tmp_path: Path) -> None:
    """Draw fewer pictures and write fewer offers; of each kind there are some."""
    monkeypatch.setattr(offers, "OFFERS", dict.fromkeys(offers.OFFERS, 12) | {"disguised": 60})
    monkeypatch.setattr(offers, "STOCK_PHOTOS", 2)
    settings.BLOBS, settings.SNAPSHOTS = tmp_path / "blobs", tmp_path / "snapshots"  # type: ignore[attr-defined]
    settings.SHARDS = tmp_path / "shards"  # type: ignore[attr-defined]


def test_the_same_world_is_drawn_every_time(tmp_path: Path) -> None:
    for name in ("one", "other"):
        offers.write(tmp_path / name, shop=SHOP, on=AT.date())
    files = sorted(path.relative_to(tmp_path / "one") for path in (tmp_path / "one").rglob("*") if path.is_file())
    assert len(files) > 40
    assert [f for f in files if (tmp_path / "one" / f).read_bytes() != (tmp_path / "other" / f).read_bytes()] == []


def acting_for(address: str) -> Actor:
    person = people.person_at(address)
    assert person is not None
    return access.actor_for(person, None)


@pytest.mark.django_db
def test_the_world_has_everything_that_a_visitor_is_shown(tmp_path: Path) -> None:
    build(tmp_path / "world", shop=SHOP, at=AT, say=lambda line: None)
    assert people.is_demo()
    assert Marketplace.objects.count() == 3
    assert not Right.objects.exclude(status="verified").exists()
    assert set(screened.counts_by_way()) == {"plain", "disguised", "referential", "copied_image"}
    assert Seller.objects.filter(organisation__name="Blue Crate Trading").count() == 3
    first = queue.waiting(acting_for("rita@platform.example"))[0].listing
    assert NoticeItem.objects.get().listing == first  # two sources, one page at the desk
    assert Listing.objects.get(pk=first.pk).url == f"{SHOP}/{first.marketplace.slug}/{first.listing_id}"
    for role in (Role.REVIEWER, Role.POLICY_OWNER):  # what one of them proposes or decides, another looks at
        there = [acting_for(person["email"]) for person in offers.world()["person"] if person["role"] == role]
        assert len([actor for actor in there if actor.has(role)]) >= 2, role
    with pytest.raises(NotEmpty):
        build(tmp_path / "again", shop=SHOP, at=AT, say=lambda line: None)


def test_a_world_of_an_earlier_version_is_brought_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In a process of its own: the command sets up an installation, and this one has another."""
    folder = tmp_path / "demo"
    folder.mkdir()
    (folder / "built").touch()  # it stands, and lacks a table that came since
    tables.on_sqlite(folder / "touchmark.sqlite3")
    with closing(sqlite3.connect(folder / "touchmark.sqlite3")) as world, world:
        world.execute("DROP TABLE django_session")
        world.execute("DELETE FROM django_migrations WHERE app = 'sessions'")
    command = [sys.executable, "-m", "touchmark.ops.cli", "demo", "--folder", str(folder), "--build-only"]
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("TOUCHMARK", "DJANGO"))}
    subprocess.run(command, check=True, env=environment, capture_output=True)
    with closing(sqlite3.connect(folder / "touchmark.sqlite3")) as world:
        there = {name for (name,) in world.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    assert {"catalog_listing", "audit_event", "django_session"} <= there


def test_shops_that_photograph_their_own_goods_copy_nobody(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(offers, "STOCK_PHOTOS", 8)
    offers.write(tmp_path, shop=SHOP, on=AT.date())
    images = {path.name: path.read_bytes() for path in (tmp_path / "images").iterdir()}
    own = sorted(name for name in images if not name.startswith(("stock-", "copy-")))
    held, problems = compile_images(list(enumerate(own)), images.__getitem__)
    stock = sorted(name for name in images if name.startswith("stock-"))
    shown = pa.table({"images": pa.array([[name] for name in stock], pa.list_(pa.string()))})
    taken_for_copies, _ = match_images(shown, images.__getitem__, held)
    assert (len(own), len(stock), problems) == (24, 64, [])
    assert [stock[number] for number in taken_for_copies.listing] == []
