"""A file of rules says what it says, or is refused with the line and what to do."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from touchmark.engine.screening.rules.rule import Brake, Conditions, Effect, Measure, Rule
from touchmark.engine.screening.rules.writing import written
from touchmark.engine.screening.verdict import Rules, RulesRefused
from touchmark.engine.terms import Way

HEAD = 'version = "1"\nreview_at = 0.3\nact_at = 0.99\n'
RULE = """
[[rule]]
id = "disguised-shoes"
version = 3
dated = 2026-11-30
author = "Pia"
reason = "Reviewers restricted 212 of 214."
description = "Shoes under a disguised mark come off sale."
then = "act"
[rule.when]
risk_from = 0.9
way = ["disguised", "copied_image"]
category = "Shoes*"
offered_in = ["DE"]
[rule.unless]
standing = ["trusted"]
[rule.brake]
per_hour = 20
[rule.decision]
kind = "remove"
ground = "terms"
reference = "Terms, 4.2"
explanation = "A mark is used for its owner's goods."
"""
WHOLE = Rule(
    id="disguised-shoes",
    version=3,
    dated=date(2026, 11, 30),
    author="Pia",
    reason="Reviewers restricted 212 of 214.",
    description="Shoes under a disguised mark come off sale.",
    then=Effect.ACT,
    when=Conditions(risk_from=0.9, way=(Way.DISGUISED, Way.COPIED_IMAGE), category=("Shoes*",), offered_in=("DE",)),
    unless=Conditions(standing=("trusted",)),
    brake=Brake(per_hour=20),
    measure=Measure("remove", "terms", "Terms, 4.2", "A mark is used for its owner's goods."),
)


def read(rule: str) -> Rules:
    return Rules.of(HEAD + rule, "mine.toml")


def test_a_rule_says_what_stands_there() -> None:
    assert read(RULE).rules == (WHOLE,)


def test_a_file_without_rules_has_none() -> None:
    assert read("").rules == ()


#: What is put in the place of a line of the rule, the line that is named, and what is said. Lines count from 1.
REFUSED = [
    ('then = "act"', 'then = "remove"', 12, "Known: act, queue, leave"),
    ('then = "act"', "", 5, "then is missing"),
    ("risk_from = 0.9", "risk_frm = 0.9", 14, "Did you mean risk_from?"),
    ("risk_from = 0.9", "risk_from = 90", 14, "from 0 to 1"),
    ("risk_from = 0.9", "risk_from = true", 14, "from 0 to 1"),
    ("risk_from = 0.9", "risk_from = 0.9\nrisk_below = 0.2", 15, "no listing fits"),
    ('"copied_image"]', '"copied_picture"]', 15, "'copied_picture' is no way"),
    ('"copied_image"]', "7]", 15, "no list of texts"),
    ('offered_in = ["DE"]', 'offered_in = ["Germany"]', 17, "two capital letters"),
    ("per_hour = 20", "per_hour = 0", 21, "whole number from 1"),
    ('kind = "remove"', 'kind = "disable"', 23, "Name them, or choose remove"),
    ('ground = "terms"', 'ground = "taste"', 24, "Known: law, terms"),
    ('reference = "Terms, 4.2"', "", 22, "reference is missing"),
    ('id = "disguised-shoes"', 'id = "Disguised Shoes"', 6, "small letters"),
    ("dated = 2026-11-30", 'dated = "today"', 8, "dated is no day"),
    ('description = "Shoes under a disguised mark come off sale."', 'description = " "', 11, "no text"),
]


@pytest.mark.parametrize(("line", "instead", "at", "said"), REFUSED)
def test_what_is_wrong_is_named_with_its_line(line: str, instead: str, at: int, said: str) -> None:
    with pytest.raises(RulesRefused) as refused:
        read(RULE.replace(line, instead))
    assert f"mine.toml, line {at}:" in str(refused.value)
    assert said in str(refused.value)


QUEUE = '[[rule]]\nid = "a"\ndescription = "x"\nthen = "queue"\n'


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        (QUEUE + "[rule.when]\n", "the rule would hold for every listing"),
        (QUEUE, "when is missing"),
        (QUEUE.replace("queue", "act") + "[rule.when]\nrisk_from = 0.9\n", "on which use of a right"),
        (QUEUE.replace("queue", "act") + '[rule.when]\nstanding = ["bad"]\n', "on which use of a right"),
        (QUEUE.replace("queue", "act") + '[rule.when]\nway = ["referential"]\n', "a lawful reference"),
        (QUEUE + "when = 3\n", "when is no table"),
        ("rule = 3\n", "Begin each rule with a line [[rule]]"),
        ((QUEUE + "[rule.when]\nrisk_from = 0.5\n") * 2, "line 11: the id 'a' is taken"),
        (QUEUE + "when = {risk_from = 0.5, wey = 'plain'}\n", "line 8: wey is not known. Did you mean way?"),
        ("\x00", "mine.toml"),
        ("[[rule]", "mine.toml"),
    ],
)
def test_rules_that_would_hold_for_all_or_for_none_are_refused(rule: str, said: str) -> None:
    with pytest.raises(RulesRefused) as refused:
        read(rule)
    assert said in str(refused.value)


texts = st.text(st.characters(exclude_categories=["Cs"]), min_size=1).map(str.strip).filter(bool)
lists = st.lists(texts, max_size=3, unique=True).map(tuple)
conditions = st.builds(
    Conditions,
    risk_from=st.sampled_from([0.1, 0.5]),
    way=st.lists(st.sampled_from(Way), max_size=2, unique=True).map(tuple),
    right=lists,
    category=lists,
)
rules = st.builds(
    Rule,
    id=st.sampled_from(["a", "b-2"]),
    then=st.sampled_from([Effect.QUEUE, Effect.LEAVE]),
    description=texts,
    reason=texts,
    when=conditions,
    unless=conditions,
    dated=st.dates(),
    brake=st.builds(Brake, per_hour=st.integers(1, 99)),
)


@given(rules)
def test_what_is_written_is_read_the_same(rule: Rule) -> None:
    text = written([rule], version="7", review_at=0.3, act_at=0.999)
    assert Rules.of(text, "mine.toml") == Rules("7", 0.3, 0.999, (rule,))
