"""Every clock says what it gives time for and what happens then; no word is kept that nobody says."""

import tomllib
from importlib import resources

from touchmark.engine.policy.load import regimes
from touchmark.engine.policy.which_law import NoGround
from touchmark.engine.policy.words import gives_time_for, happens_then, why_no_ground

FILE = tomllib.loads(
    (resources.files("touchmark.engine.policy") / "data" / "tables" / "words.toml").read_text(encoding="utf-8")
)
RULES = [rule for regime in regimes().values() for rule in regime.clocks]


def test_every_clock_has_its_words() -> None:
    assert all(gives_time_for(rule) and happens_then(rule).startswith("After that ") for rule in RULES)
    assert all(why_no_ground(reason) for reason in NoGround)


def test_no_word_is_kept_that_nobody_says() -> None:
    assert set(FILE["clock"]) == {rule.clock for rule in RULES}
    assert set(FILE["then"]) == {rule.then for rule in RULES}
    assert set(FILE["no_ground"]) == set(NoGround)
