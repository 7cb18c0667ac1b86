import random

import pytest
from tests.factories import catalog

from touchmark.apps.catalog.marketplaces import Marketplaces
from touchmark.apps.catalog.repeats import Repeats

pytestmark = pytest.mark.django_db


def batch_of(*rows: tuple[int, str, str | None]) -> object:
    said = [{"row": row, "listing_id": listing, "title": "T", "marketplace": market} for row, listing, market in rows]
    return catalog.rows(*said)


def test_a_later_row_overtakes_across_batches_and_however_the_marketplace_is_named() -> None:
    catalog.marketplace("bazaar", "The Bazaar")
    catalog.marketplace("souk")
    first = batch_of((1, "a", "bazaar"), (2, "b", None), (3, "c", "souk"), (4, "a", "souk"))
    second = batch_of((5, "a", None), (6, "b", "the bazaar"), (7, "c", "bazaar"), (8, "a", "bazaar"))
    repeats = Repeats([first, second], Marketplaces.open_now("bazaar"))
    assert repeats.overtaken(first) == {1: 8, 2: 6}
    assert repeats.overtaken(second) == {5: 8}


def test_a_file_without_repeats_and_an_empty_one() -> None:
    catalog.marketplace("bazaar")
    batch = batch_of((1, "a", "bazaar"), (2, "b", "bazaar"))
    assert Repeats([batch], Marketplaces.open_now()).overtaken(batch) == {}
    assert Repeats([], Marketplaces.open_now()).overtaken(batch) == {}


@pytest.mark.parametrize("seed", range(5))
def test_it_finds_what_a_slow_look_finds(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311  # no secret is drawn
    for slug in ("bazaar", "souk"):
        catalog.marketplace(slug)
    rows = [(n, chance.choice("abcdef"), chance.choice(["bazaar", "souk", None, "nowhere"])) for n in range(1, 60)]
    batches = [batch_of(*rows[start : start + 7]) for start in range(0, len(rows), 7)]
    repeats = Repeats(batches, Marketplaces.open_now("bazaar"))
    found: dict[int, int] = {}
    for batch in batches:
        found |= repeats.overtaken(batch)
    meant = {row: (listing, market or "bazaar") for row, listing, market in rows}
    last = {key: row for row, key in meant.items()}
    assert found == {row: last[key] for row, key in meant.items() if last[key] != row}
