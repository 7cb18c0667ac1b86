"""Which elements a document needs: the worked cases; each missing one says what it is and how to give it."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from touchmark.engine.policy.load import regimes
from touchmark.engine.policy.particulars import IncompleteParticulars, asked, missing, require
from touchmark.engine.policy.reasons import reasons
from touchmark.engine.terms import RightKind

CASES = tomllib.loads((Path(__file__).parent / "completeness_cases" / "elements.toml").read_text("utf-8"))["case"]
#: The document whose elements the platform itself writes: nobody is asked for one.
OURS = "statement_of_reasons"
#: When an element is asked for, besides always and for a reason of the notice.
FACTS = {"always", "agent", "guest", "not_genuine", "target_shop_front", "target_video"}


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['regime']}: {case['comment']}")
def test_a_worked_case_lacks_what_is_written(case: dict[str, Any]) -> None:
    regime, kind = regimes()[case["regime"]], RightKind(case["kind"]) if "kind" in case else None
    where: dict[str, Any] = {
        "document": case["document"],
        "regime": regime,
        "kind": kind,
        "facts": case.get("facts", ()),
    }
    content = {element.name: True if element.says else "given" for element in asked(**where)}
    lacking = {name: content[name] for name in case["given"]}
    assert [element.name for element in missing(lacking, **where)] == case["missing"]
    assert missing(content, **where) == ()


def test_every_document_of_every_regime_has_a_worked_case() -> None:
    own = {(regime.id, e.document) for regime in regimes().values() for e in regime.elements if e.document != OURS}
    covered = {(case["regime"], case["document"]) for case in CASES}
    assert {place for place in own - covered if place[0] != "platform"} == set()
    assert {document for _, document in own} == {case["document"] for case in CASES}


@pytest.mark.parametrize("regime", regimes().values(), ids=lambda regime: regime.id)
def test_each_element_says_what_it_is_and_how_to_give_it(regime: Any) -> None:
    for element in regime.elements:
        if element.document == OURS:
            continue
        assert element.asks
        assert element.give
        assert element.source
        assert element.key == f"{regime.id}.{element.document}.{element.name}"
        assert element.asked_when.removeprefix("reason_") in FACTS | reasons().keys()


@pytest.mark.parametrize("value", [None, "", "   ", [], {}])
def test_nothing_said_is_nothing_given(value: object) -> None:
    lacking = missing(
        {"body": value, "number": "1", "filed_on": "x", "file": "y"}, document="suit_notice", regime=regimes()["us"]
    )
    assert [element.name for element in lacking] == ["body"]


@pytest.mark.parametrize("value", [None, False, "", "no", "true", 0])
def test_a_statement_is_confirmed_or_missing(value: object) -> None:
    where: dict[str, Any] = {"document": "counter_notice", "regime": regimes()["us"], "kind": RightKind.COPYRIGHT}
    content = {element.name: True if element.says else "given" for element in asked(**where)}
    with pytest.raises(IncompleteParticulars) as refusal:
        require(content | {"statement_mistake": value}, **where)
    assert [element.name for element in refusal.value.missing] == ["statement_mistake"]
    assert "penalty of perjury" in refusal.value.missing[0].says
