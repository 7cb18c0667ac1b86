"""Which languages a listing is written in."""

import numpy as np
import pytest
from tests.engine.screening.scene import listings

from touchmark.engine.screening.spoken import speaks
from touchmark.engine.screening.text.ordinary import EVERYWHERE, LANGUAGES


def bits(*names: str) -> int:
    return sum(1 << LANGUAGES.index(name) for name in names)


@pytest.mark.parametrize(
    ("title", "language"),
    [
        ("Leather handbag with gold buckle, brown", "en"),
        ("Skórzana torebka damska ze złotą klamrą", "pl"),
        ("Handtasche aus Leder mit goldener Schnalle", "de"),
        ("Sac à main en cuir avec boucle dorée", "fr"),
        ("Кожаная сумка с золотой пряжкой", "ru"),
        ("女士真皮手提包", "zh"),
        ("レディース レザー バッグ", "ja"),
        ("여성 가죽 가방", "ko"),
    ],
)
def test_titles_speak_their_language_and_no_other(title: str, language: str) -> None:
    asked = np.array([bits(language), bits("fi"), EVERYWHERE], np.uint32)
    batch = listings({"title": title})
    assert speaks(batch, np.zeros(3, np.int64), asked)[[0, 2]].all()
    if language in ("en", "pl", "de", "fr", "ru"):
        assert not speaks(batch, np.zeros(3, np.int64), asked)[1]


def test_of_names_and_codes_alone_any_language_may_be_spoken() -> None:
    batch = listings({"title": "Zorphone DCM-290 Velmora"})
    assert speaks(batch, np.zeros(1, np.int64), np.array([bits("fi")], np.uint32)).all()


def test_mixed_titles_speak_both() -> None:
    batch = listings({"title": "Tas wanita murah berkualitas", "description": "leather handbag with gold buckle"})
    asked = np.array([bits("id"), bits("en"), bits("fi")], np.uint32)
    assert speaks(batch, np.zeros(3, np.int64), asked).tolist() == [True, True, False]


def test_of_no_places_nothing_is_asked() -> None:
    assert len(speaks(listings({"title": "x"}), np.empty(0, np.int64), np.empty(0, np.uint32))) == 0
