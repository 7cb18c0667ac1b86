"""Splits, the test for promotion, the file and the report."""

import numpy as np
import pytest
from tests.engine.learning.world import CODES, IN_FORCE, TRUTH, examples

from touchmark.engine.learning.learn import learnt, model_text
from touchmark.engine.learning.promotion import tried
from touchmark.engine.learning.report import written
from touchmark.engine.learning.split import TooFewDecisions, split


def test_parts_share_no_brand_no_day_and_no_seller_with_what_is_learnt_from() -> None:
    some = examples(2000)
    parts = split(some)
    learn, newest, brands = (some.taken(part) for part in (parts.learn, parts.newest, parts.brands))
    assert not set(learn.brand) & set(brands.brand)
    assert learn.day.max() <= newest.day.min()
    assert not set(learn.seller) & (set(newest.seller) | set(brands.seller))
    assert len(learn) > len(newest) > 100


@pytest.mark.parametrize(("count", "said"), [(20, "decisions in all"), (200, "to try on")])
def test_too_few_decisions_are_refused_with_how_many_it_takes(count: int, said: str) -> None:
    with pytest.raises(TooFewDecisions) as refused:
        split(examples(count, infringing=np.arange(count) % 2 == 0, brand=np.full(count, "brand 1", object)))
    assert said in str(refused.value)
    assert "it takes" in str(refused.value)


def test_decisions_of_one_kind_alone_are_too_few() -> None:
    with pytest.raises(TooFewDecisions, match="0 decisions in all in which a listing was not restricted"):
        split(examples(500, infringing=np.ones(500, np.bool_)))


def test_what_is_learnt_from_good_decisions_passes() -> None:
    made = learnt(examples(), IN_FORCE, "2", review_at=0.1)
    assert made.passed
    assert all(trial.found_now >= trial.found_before for trial in made.trials)
    assert made.version_now.startswith("2+")
    assert made.version_now == learnt(examples(), IN_FORCE, "2", review_at=0.1).version_now


def test_a_model_that_finds_less_is_not_passed() -> None:
    trial = tried("newest", examples(1500, seed=2), TRUTH, IN_FORCE, 0.3)
    assert trial.found_now < trial.found_before
    assert not trial.passed


def test_decisions_that_turn_round_do_not_pass() -> None:
    """Learnt from a year in which low prices spoke for sellers, tried on a month in which they say all."""
    old, new = examples(1500, seed=3), examples(400, seed=4)
    turned = (old.amounts[:, 1] == 0) & (np.random.default_rng(5).random(1500) < 0.5)
    mixed = {
        name: np.concatenate([getattr(old, name), getattr(new, name)])
        for name in ("amounts", "weight", "brand", "seller")
    }
    some = examples(
        1900,
        **mixed,
        infringing=np.concatenate([turned, new.infringing]),
        day=np.concatenate([old.day, new.day + 1000]),
    )
    assert not learnt(some, TRUTH, "2", review_at=0.3).passed


def test_the_report_says_what_a_person_needs() -> None:
    made = learnt(examples(), IN_FORCE, "2", review_at=0.1)
    report = written(made)
    for said in (
        "The test is passed",
        "Nothing has been put in force",
        "other brands",
        "## Weights",
        "verdict changes",
    ):
        assert said in report
    assert all(f"| {code} |" in report for code in CODES)
    assert written(made) == report


def test_the_file_keeps_everything_but_weights_and_version() -> None:
    before = (
        'version = "2"\n\n[risk]\nbias = -4.0 # start\n[risk.weights]\nlow_price = 1.0\n[risk.tricks]\nlow_price = 9\n'
    )
    after = model_text(before, learnt(examples(), IN_FORCE, "2", review_at=0.1))
    assert "# start" in after
    assert after.endswith("[risk.tricks]\nlow_price = 9\n")
    assert 'version = "2+' in after
    assert "low_price = 1.0" not in after
