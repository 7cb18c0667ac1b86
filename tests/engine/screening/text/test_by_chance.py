"""Honest words that spell a name by chance: what would have to be done to them to make the name is too much."""

import pytest
from tests.engine.screening.scene import listings
from tests.engine.screening.test_use import register

from touchmark.engine.screening.model import Model
from touchmark.engine.screening.screen import screen


def confidences(name: str, title: str, brand: str = "") -> list[float]:
    shop = register({"text": name, "nice_classes": [16, 25, 28]})
    found, _ = screen(listings({"title": title, "brand": brand}), None, shop, Model.default(), min_confidence=0.0)
    return [row["confidence"] for row in found.to_pylist()]


@pytest.mark.parametrize(
    ("name", "title", "brand"),
    [
        ("Аман", "Hama Beads Giant Open Gift Box", "Hama"),  # Latin letters are not read backwards as Cyrillic ones
        ("Аман", "HAMA beads large hexagon pegboard", ""),
        ("Sandro", "Motion Sand® 2000g pack", "Motion Sand"),  # the sign of a registered mark is no letter behind one
        ("Sandro", "Sand™ off everything", ""),
    ],
)
def test_it_is_no_use(name: str, title: str, brand: str) -> None:
    assert not [one for one in confidences(name, title, brand) if one >= 0.5]


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("Tanvelora", "jacket arolevnat new"),  # backwards, in its own letters
        ("Аманкитор", "куртка ротикнама"),
        ("Rossivano", "®ossivano jacket"),  # before letters the sign is one
        ("Rossivano", "Rossivano® jacket"),
    ],
)
def test_it_is_one_still(name: str, title: str) -> None:
    assert max(confidences(name, title), default=0) >= 0.5
