"""Rules as data, and what no rule can change."""

from itertools import product
from pathlib import Path

import numpy as np
import pytest
from tests.engine.screening.scene import hits, listings, register, sellers, unreadable, use

from touchmark.engine.screening.evidence import Evidence, Known
from touchmark.engine.screening.hits import Trick
from touchmark.engine.screening.verdict import Rules, RulesRefused, verdicts
from touchmark.engine.terms import Way

RIGHTS = register(
    {"text": "Velmora", "reference_price": 900.0, "currency": "EUR"}, *({"text": f"Orovia{i}"} for i in range(6))
)
RECKLESS = Rules("reckless", review_at=0.0001, act_at=0.0001)


def evidence_of(
    *uses: dict, unread=(), price: float = 1.0, standing: str = "closed", title: str = "something"
) -> Evidence:
    batch = listings({"title": title, "price": price, "currency": "EUR", "seller_id": "s"})
    known = sellers({"seller_id": "s", "standing": standing})
    return Evidence.of(batch, hits(*uses), np.full(len(uses), 0.99), RIGHTS, Known(known), unreadable(*unread))


def verdict(risk: float, evidence: Evidence, rules: Rules) -> str:
    return verdicts(np.array([risk]), evidence, rules).to_pylist()[0]


@pytest.mark.parametrize(
    ("risk", "said"),
    [(0.0, "clear"), (0.2999, "clear"), (0.3, "review"), (0.98, "review"), (0.99, "act"), (1.0, "act")],
)
def test_thresholds_are_inclusive(risk: float, said: str) -> None:
    rules = Rules("mine", review_at=0.3, act_at=0.99)
    assert verdict(risk, evidence_of(use(0, 0, Way.DISGUISED)), rules) == said


@pytest.mark.parametrize(("low", "bad", "many"), list(product([False, True], repeat=3)))
def test_price_standing_and_many_brands_never_give_act_whatever_the_rules(low: bool, bad: bool, many: bool) -> None:
    uses = [use(0, right, start=right * 10) for right in range(7 if many else 1)]
    evidence = evidence_of(*uses, price=1.0 if low else 900.0, standing="closed" if bad else "good")
    assert verdict(0.999999, evidence, RECKLESS) == "review"


def test_references_and_unreadable_pictures_never_give_act() -> None:
    evidence = evidence_of(use(0, 0, Way.REFERENTIAL), unread=[(0, "a", "broken")])
    assert verdict(0.999999, evidence, RECKLESS) == "review"


@pytest.mark.parametrize("way", [Way.DISGUISED, Way.COPIED_IMAGE])
def test_disguise_and_copied_pictures_can(way: Way) -> None:
    assert verdict(0.999999, evidence_of(use(0, 0, way)), RECKLESS) == "act"


@pytest.mark.parametrize("trick", [Trick.DROPPED, Trick.SWAPPED, Trick.GLUED, Trick.PARTED, Trick.SHORTENED])
def test_a_slip_of_the_pen_cannot(trick: Trick) -> None:
    assert verdict(0.999999, evidence_of(use(0, 0, Way.DISGUISED, trick=trick)), RECKLESS) == "review"


@pytest.mark.parametrize("way", [Way.LOOKALIKE, Way.LOGO])
def test_what_looks_alike_is_reviewed_at_most(way: Way) -> None:
    assert verdict(0.999999, evidence_of(use(0, 0, way), use(0, 0)), RECKLESS) == "review"


def test_goods_that_are_said_to_be_a_copy_can_where_a_mark_is_used() -> None:
    assert verdict(0.999999, evidence_of(use(0, 0), title="Velmora 1:1 mirror copy"), RECKLESS) == "act"
    assert verdict(0.999999, evidence_of(title="1:1 mirror copy"), RECKLESS) == "review"
    fits = use(0, 0, Way.REFERENTIAL)
    assert verdict(0.999999, evidence_of(fits, title="1:1 mirror copy"), RECKLESS) == "review"


def test_an_unreadable_picture_is_reviewed_whatever_the_rules() -> None:
    lenient = Rules("lenient", review_at=1.0, act_at=1.0)
    assert verdict(0.01, evidence_of(unread=[(0, "a", "missing")]), lenient) == "review"
    assert verdict(0.01, evidence_of(), lenient) == "clear"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "version is missing"),
        ('version = "1"\nreview_at = 0.3', "act_at is missing"),
        ('version = "1"\nreview_at = 0.3\nact_at = 0.9\nshadow = true', "shadow is not known"),
        ('version = "1"\nreview_at = "0.3"\nact_at = 0.9', "review_at is no number"),
        ('version = "1"\nreview_at = true\nact_at = 0.9', "review_at is no number"),
        ('version = "1"\nreview_at = nan\nact_at = 0.9', "review_at is no number"),
        ('version = "1"\nreview_at = 30\nact_at = 90', "review_at is 30"),
        ('version = "1"\nreview_at = 0\nact_at = 0.9', "review_at is 0"),
        ('version = "1"\nreview_at = 0.9\nact_at = 0.3', "review_at is above act_at"),
        ("review_at: 0.3", "mine.toml"),
    ],
)
def test_rules_that_are_refused(text: str, said: str) -> None:
    with pytest.raises(RulesRefused) as refused:
        Rules.of(text, "mine.toml")
    assert said in str(refused.value)
    assert "mine.toml" in str(refused.value)


def test_a_file_is_read_or_refused(tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text('version = "7"\nreview_at = 0.5\nact_at = 1\n', encoding="utf-8")
    assert Rules.load(tmp_path / "mine.toml") == Rules("7", 0.5, 1.0)
    with pytest.raises(RulesRefused):
        Rules.load(tmp_path / "absent.toml")
    with pytest.raises(RulesRefused):
        Rules.load(tmp_path)


def test_the_default_is_cautious() -> None:
    rules = Rules.default()
    assert rules.act_at >= 0.99
    assert 0.05 <= rules.review_at <= 0.5
