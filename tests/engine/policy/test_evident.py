"""What is evident by the findings of a right, case by case, by the dated rules."""

from datetime import date

import pytest

from touchmark.engine.policy import evident
from touchmark.engine.policy.evident import Facts
from touchmark.engine.policy.load import UnusablePolicy

ON = date(2026, 8, 1)


def facts(*ways: str, sure: float = 0.99, risk: float = 0.9, permitted: bool = False) -> Facts:
    return Facts(frozenset(ways), sure, risk, permitted)


@pytest.mark.parametrize(
    ("found", "proposed"),
    [
        (facts("plain"), "uphold"),
        (facts("disguised", "logo"), "uphold"),
        # a listing can name a mark twice, once as a reference: it is used all the same
        (facts("plain", "referential"), "uphold"),
        # not sure enough of the use, or of what follows from it
        (facts("plain", sure=0.94), None),
        (facts("plain", risk=0.79), None),
        # what only looks alike is for eyes
        (facts("lookalike"), None),
        (facts("plain", "lookalike"), None),
        (facts("referential", risk=0.1), "refuse"),
        # named only, and yet suspicious as a whole
        (facts("referential", risk=0.5), None),
        (facts("referential", sure=0.8, risk=0.1), None),
        # nothing found says nothing: the notice may see what the engine does not
        (facts(sure=0.0, risk=0.0), None),
        # the holder's own word goes before what is found
        (facts("plain", permitted=True), "refuse"),
    ],
)
def test_it_is_evident_only_where_a_rule_holds_whole(found: Facts, proposed: str | None) -> None:
    rule = evident.evident(found, on=ON)
    assert (rule.event if rule else None) == proposed


def test_rules_count_from_their_day_on() -> None:
    assert evident.evident(facts("plain"), on=date(2019, 12, 31)) is None


def test_a_rule_is_known_by_its_id_and_forgotten_when_the_file_is() -> None:
    assert all(evident.rule_named(rule.id) is rule for rule in evident.rules())
    assert evident.rule_named("platform.evident.gone") is None


@pytest.mark.parametrize(
    "wrong", [{"source": " "}, {"says": ""}, {"answers": ""}, {"event": "remove"}, {"colour": "red"}]
)
def test_a_rule_that_lacks_its_source_or_names_what_nobody_knows_is_refused(wrong: dict[str, str]) -> None:
    words = {"source": "Policy", "says": "So it is.", "answers": "So it is."}
    row = {"id": "x", "event": "uphold", "in_force_from": ON} | words
    with pytest.raises(UnusablePolicy, match="x"):
        evident.rule_of(row | wrong)
