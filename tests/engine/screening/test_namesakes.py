"""Persons, places, works, beasts and plants that bear a mark's name, and goods of the mark's own that look so."""

import pytest
from tests.engine.screening.test_use import found, register

REGISTER = register(
    {"text": "Oakley", "nice_classes": [9, 25]},
    {"text": "Kingston", "nice_classes": [9]},
    {"text": "Zara", "nice_classes": [25]},
    {"text": "Dunmere"},
    {"text": "Falcon", "nice_classes": [9]},
    {"text": "Orion", "nice_classes": [9]},
)


@pytest.mark.parametrize(
    ("title", "mark"),
    [
        ("Annie Oakley western wall decor", "Oakley"),
        ("Kingston Jamaica travel guide 2020", "Kingston"),
        ("Zara Larsson concert ticket", "Zara"),
        ("Alte Landkarte Kingston gerahmt", "Kingston"),
        ("orion constellation wall art", "Orion"),
        ("Mount Oakley summit flag", "Oakley"),
        ("falcon feather for fly fishing", "Falcon"),
        ("peregrine falcon print", "Falcon"),
    ],
)
def test_somebody_or_some_place_of_that_name_is_no_mark(title: str, mark: str) -> None:
    assert found({"title": title}, REGISTER).get(mark, 0) < 0.5


@pytest.mark.parametrize(
    ("row", "mark"),
    [
        ({"title": "Annie Oakley sunglasses polarized"}, "Oakley"),  # the right's own goods
        ({"title": "Annie Oakley western wall decor", "brand": "Oakley"}, "Oakley"),
        ({"title": "Zara Larsson dress size 38"}, "Zara"),
        ({"title": "Zara Home towel"}, "Zara"),  # an ordinary word behind it
        ({"title": "Kingston memory card with map"}, "Kingston"),
        ({"title": "Emma Dunmere map"}, "Dunmere"),  # nothing is known of the right's goods
        ({"title": "Oakley wall decor"}, "Oakley"),
        ({"title": "Falcon bird speaker bluetooth"}, "Falcon"),  # its own goods
        ({"title": "Oakley bear plush"}, "Oakley"),  # a name that is no word: its maker's perhaps
    ],
)
def test_the_mark_itself_is_one(row: dict[str, str], mark: str) -> None:
    assert found(row, REGISTER)[mark] >= 0.5


SHOES = register({"text": "Clarks", "nice_classes": [25]}, {"text": "Billas"}, {"text": "Levi's", "nice_classes": [25]})


@pytest.mark.parametrize(
    ("title", "mark"), [("Clark's nutcracker bird print", "Clarks"), ("Bill’s garage enamel sign", "Billas")]
)
def test_an_apostrophe_makes_it_anothers(title: str, mark: str) -> None:
    assert found({"title": title}, SHOES).get(mark, 0) < 0.5


@pytest.mark.parametrize(
    ("row", "mark"),
    [
        ({"title": "Clark's desert boots size 42"}, "Clarks"),  # the right's own goods
        ({"title": "Clark's bird print", "brand": "Clarks"}, "Clarks"),
        ({"title": "Levi's 501 bird print"}, "Levi's"),  # its own apostrophe
    ],
)
def test_its_own_apostrophe_or_goods_leave_it_the_mark(row: dict[str, str], mark: str) -> None:
    assert found(row, SHOES)[mark] >= 0.5
