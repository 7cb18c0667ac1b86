"""Which goods are safety-critical, by their category."""

from datetime import date

import pytest

from touchmark.engine.policy import safety
from touchmark.engine.policy.load import UnusablePolicy

ON = date(2026, 8, 1)


@pytest.mark.parametrize(
    ("category", "group"),
    [
        ("Baby > Toys", "children"),
        ("Health & Beauty > Medicines", "medicines"),
        ("Auto Parts > Brake pads", "vehicle_parts"),
        ("Motorcycle helmets", "protective_equipment"),
        ("Elektronik > Ladegeräte", "electrical"),
        # Chinese does not part words
        ("家用电器/充电器", "electrical"),
        ("儿童玩具", "children"),
        # a word begins where it begins: "toy" is none of "history"
        ("Bags > Shoulder bags", ""),
        ("History", ""),
        ("", ""),
        ("  ", ""),
    ],
)
def test_a_category_is_known_by_its_words(category: str, group: str) -> None:
    assert safety.critical(category, on=ON) == group


def test_a_group_counts_from_its_day_on() -> None:
    assert safety.critical("Medicines", on=date(2013, 1, 1)) == ""
    assert safety.critical("Medicines", on=date(2013, 1, 2)) == "medicines"


def test_every_group_names_its_source_and_a_day() -> None:
    for group in safety.groups():
        assert group.source
        assert group.in_force_from < ON
        assert all(word == word.strip().casefold() for word in group.words)


@pytest.mark.parametrize("missing", ["source", "words", "in_force_from"])
def test_a_group_without_its_source_is_refused(missing: str) -> None:
    row: dict[str, object] = {"id": "x", "source": "a law", "words": ["x"], "in_force_from": ON}
    with pytest.raises(UnusablePolicy, match="x lacks"):
        safety.group_of(row | {missing: None})


@pytest.mark.parametrize(
    ("category", "group"),
    [("Baby > Toys", "children"), ("Medicines", ""), ("Food > Spirits", ""), ("Bags", ""), ("充电器", "electrical")],
)
def test_medicines_and_food_are_under_other_law_than_product_safety(category: str, group: str) -> None:
    assert safety.under_gpsr(category, on=ON) == group
