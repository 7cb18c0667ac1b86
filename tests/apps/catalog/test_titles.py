"""Listings are found by words of their titles, in any script, on SQLite and PostgreSQL."""

import pytest
from django.db import connection
from tests.factories import accounts, catalog

from touchmark.apps.catalog import titles
from touchmark.apps.catalog.models import Listing
from touchmark.apps.catalog.titles import ASKED, WORDS
from touchmark.engine.terms import Actor, Reach, Role

pytestmark = pytest.mark.django_db
TITLES = {
    "latin": "Café ALDERMOOR leather shoulder-bag, brown (2024)",
    "chinese": "ALDERMOOR 女士真皮单肩包 棕色",
    "cyrillic": "Сумка кожаная АЛДЕРМУР",
    "arabic": "حقيبة كتف جلدية",
    "thai": "กระเป๋าสะพายหนังแท้",
    "korean": "알더무어 가죽 숄더백",
    "rare": "𠮷野の茶壶",
    "teapot": "A teapot",
}


@pytest.fixture
def reviewer() -> Actor:
    for name, title in TITLES.items():
        catalog.listing(listing_id=name, title=title)
    return accounts.actor(Role.REVIEWER)


def found(actor: Actor, text: str, most: int = 50) -> set[str]:
    return {listing.listing_id for listing in titles.saying(actor, text, most=most)}


@pytest.mark.parametrize(
    ("text", "names"),
    [
        # a word, whatever its case, of one title or several
        ("leather", {"latin"}),
        ("aldermoor", {"latin", "chinese"}),
        # all of the words, in any order
        ("brown Leather", {"latin"}),
        ("leather teapot", set()),
        # letters with accents and letters of other scripts, whatever their case
        ("CAFÉ", {"latin"}),
        ("сумка", {"cyrillic"}),
        ("АЛДЕРМУР Кожаная", {"cyrillic"}),
        ("جلدية", {"arabic"}),
        ("숄더백", {"korean"}),
        # part of what is written without spaces: the signs side by side, and not apart
        ("真皮单肩包", {"chinese"}),
        ("单肩", {"chinese"}),
        ("真包", set()),
        ("สะพาย", {"thai"}),
        ("茶壶", {"rare"}),
        ("𠮷野", {"rare"}),
        # words that are glued by a sign, and numbers
        ("shoulder-bag", {"latin"}),
        ("2024", {"latin"}),
        # nothing that means something to a database means something here
        ("%", set()),
        ("_", set()),
        ("", set()),
        ("teapot '); --", {"teapot"}),
        ("' OR 1=1 --", set()),
        ("x" * 500, set()),
    ],
)
def test_the_words_of_a_title_are_found_in_any_script(reviewer: Actor, text: str, names: set[str]) -> None:
    assert found(reviewer, text) == names


def test_so_many_are_given_and_none_beyond_the_readers_reach(reviewer: Actor) -> None:
    assert len(found(reviewer, "aldermoor", most=1)) == 1
    reach = Reach(marketplaces=frozenset({"lumina"}))
    limited = Actor(reviewer.user_id, reviewer.organisation_id, reviewer.roles, limits=((Role.REVIEWER, reach),))
    assert not found(limited, "aldermoor")
    assert not found(accounts.actor(Role.HOLDER), "aldermoor")


def test_what_a_holder_looks_for_is_on_sale_and_where_it_reports(reviewer: Actor) -> None:
    holder = accounts.actor(Role.HOLDER)
    gone = catalog.listing(listing_id="gone", title="A teapot")
    Listing.objects.filter(pk=gone.pk).update(gone_at=accounts.AT)
    found = titles.on_sale_saying(holder, "teapot", most=9)
    assert len(found) == 1
    assert gone.pk not in found
    reach = Reach(marketplaces=frozenset({"lumina"}))
    limited = Actor(holder.user_id, holder.organisation_id, holder.roles, limits=((Role.HOLDER, reach),))
    for nobody in (limited, accounts.actor(Role.SELLER), Actor.program_of("bazaar")):
        assert titles.on_sale_saying(nobody, "teapot", most=9) == []


@pytest.mark.plans
def test_the_index_of_words_fits_what_is_asked(reviewer: Actor) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(f"EXPLAIN SELECT id FROM catalog_listing WHERE {WORDS} @@ {ASKED}", ["单肩"])  # noqa: S608
        assert "listings_by_words_of_titles" in str(cursor.fetchall())
