"""What rules make of listings: each condition, each exception, rules that disagree, and what stands above them."""

from dataclasses import replace
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from tests.engine.screening.scene import listings, sellers

from touchmark.engine.screening.rules.judge import by_rules, judged
from touchmark.engine.screening.rules.rule import Brake, Conditions, Effect, Rule
from touchmark.engine.screening.schemas import ASSESSMENTS, FINDINGS
from touchmark.engine.terms import Way

ACT = Rule("acts", Effect.ACT, "", Conditions(way=(Way.DISGUISED,)))
QUEUE = Rule("queues", Effect.QUEUE, "", Conditions(category=("Shoes",)))
LEAVE = Rule("leaves", Effect.LEAVE, "", Conditions(risk_below=0.5))

#: One listing with everything in it; each test changes what it is about.
LISTING = {"category": "Shoes > Boots", "marketplace": "bazaar", "seller_id": "s", "offered_in": ["DE", "fr"]}


def batch(*rows: dict[str, Any]) -> tuple[pa.Table, pa.Table, pa.Table]:
    """Give listings, findings and assessments; ``uses`` and ``reasons`` of a row are its findings and reasons."""
    places, found, made = [], [], []
    for number, row in enumerate(rows, start=1):
        said = {"uses": [(Way.DISGUISED, "r1", 0.9)], "reasons": ("grounds",), "risk": 0.9, "verdict": "review"} | row
        uses, reasons, risk, verdict = (said.pop(name) for name in ("uses", "reasons", "risk", "verdict"))
        places.append(LISTING | said)
        found += [
            {"row": number, "listing_id": "l", "way": str(way), "right_id": right, "confidence": sure, "field": "title"}
            | {"reasons": [], "snapshot_id": "", "model_version": ""}
            for way, right, sure in uses
        ]
        told = [{"feature": feature, "value": None, "weight": 0.0, "text": feature} for feature in reasons]
        made.append(
            {"row": number, "listing_id": "l", "risk": risk, "verdict": verdict, "reasons": told, "findings": 1}
        )
    return (
        listings(*places),
        pa.Table.from_pylist(found, schema=FINDINGS),
        pa.Table.from_pylist(made, schema=ASSESSMENTS),
    )


def holds(conditions: Conditions, unless: Conditions | None = None, **row: Any) -> bool:
    """Tell whether a rule holds for one listing of a trusted seller."""
    rule = Rule("r", Effect.QUEUE, "", conditions, unless or Conditions())
    shown, found, made = batch(row)
    known = sellers({"seller_id": "s", "standing": "Trusted"})
    return bool(judged(shown, known, found, made, [rule]).holds[0][0])


@pytest.mark.parametrize(
    ("conditions", "said"),
    [
        (Conditions(risk_from=0.9), True),  # inclusive
        (Conditions(risk_from=0.91), False),
        (Conditions(risk_below=0.9), False),  # exclusive: two rules can share a limit
        (Conditions(risk_below=0.91), True),
        (Conditions(way=(Way.DISGUISED,)), True),
        (Conditions(way=(Way.PLAIN,)), False),
        (Conditions(right=("r1",)), True),
        (Conditions(right=("r2",)), False),
        (Conditions(confidence_from=0.9), True),
        (Conditions(confidence_from=0.95), False),
        (Conditions(category=("shoes > boots",)), True),  # whatever the case
        (Conditions(category=("Shoes",)), False),  # the whole name
        (Conditions(category=("Shoes*",)), True),
        (Conditions(category=("Bags*", "shoes *")), True),
        (Conditions(marketplace=("Bazaar",)), True),
        (Conditions(marketplace=("baz*",)), False),  # a star is for categories
        (Conditions(standing=("trusted",)), True),
        (Conditions(standing=("strikes",)), False),
        (Conditions(offered_in=("FR",)), True),
        (Conditions(offered_in=("US",)), False),
        (Conditions(offered_in=("EU",)), True),  # each of its members
        (Conditions(risk_from=0.5, way=(Way.DISGUISED,), category=("Bags*",)), False),  # all of them
    ],
)
def test_each_condition(conditions: Conditions, said: bool) -> None:
    assert holds(conditions) is said


def test_way_right_and_confidence_are_asked_of_one_use() -> None:
    uses = [(Way.DISGUISED, "r1", 0.6), (Way.PLAIN, "r2", 0.99)]
    assert not holds(Conditions(way=(Way.DISGUISED,), right=("r2",)), uses=uses)
    assert not holds(Conditions(way=(Way.DISGUISED,), confidence_from=0.9), uses=uses)
    assert holds(Conditions(way=(Way.PLAIN,), right=("r2",), confidence_from=0.9), uses=uses)


def test_what_a_listing_does_not_say_fits_nothing() -> None:
    for asked in (
        Conditions(category=("*",)),
        Conditions(marketplace=("bazaar",)),
        Conditions(offered_in=("DE",)),
        Conditions(standing=("trusted",)),
        Conditions(way=(Way.PLAIN,)),
    ):
        blank = {"category": None, "marketplace": None, "offered_in": None, "seller_id": None, "uses": []}
        assert not holds(asked, **blank)


def test_a_lawful_reference_counts_only_where_it_is_asked_for() -> None:
    uses = [(Way.REFERENTIAL, "r1", 0.9)]
    assert not holds(Conditions(right=("r1",)), uses=uses)
    assert holds(Conditions(right=("r1",), way=(Way.REFERENTIAL,)), uses=uses)


def test_what_the_holder_permits_is_no_use() -> None:
    assert not holds(Conditions(way=(Way.DISGUISED,)), reasons=("authorised_seller",))
    assert holds(Conditions(risk_from=0.5), reasons=("authorised_seller",))


@pytest.mark.parametrize(
    ("unless", "said"),
    [
        (Conditions(standing=("trusted",)), False),
        (Conditions(standing=("closed",)), True),
        (Conditions(standing=("closed",), offered_in=("DE",)), False),  # any one of them
        (Conditions(risk_from=0.95), True),
        (Conditions(way=(Way.DISGUISED,)), False),
    ],
)
def test_an_exception_is_enough(unless: Conditions, said: bool) -> None:
    assert holds(Conditions(risk_from=0.5), unless) is said


def verdicts(rules: list[Rule], *rows: dict[str, Any]) -> list[str]:
    shown, found, made = batch(*rows)
    return by_rules(shown, None, found, made, rules)["verdict"].to_pylist()


def test_rules_go_before_the_thresholds_and_where_none_holds_those_stand() -> None:
    shoes = {"category": "Shoes", "uses": [], "verdict": "clear"}
    assert verdicts([QUEUE], shoes, shoes | {"category": "Hats"}) == ["review", "clear"]
    assert verdicts([LEAVE], {"risk": 0.4}, {"risk": 0.6}) == ["clear", "review"]
    assert verdicts([ACT], {}, {"uses": []}) == ["act", "review"]


def test_rules_that_disagree_leave_it_to_a_person_whatever_their_order() -> None:
    both = {"category": "Shoes", "risk": 0.4}
    for rules in ([ACT, LEAVE], [LEAVE, ACT], [ACT, QUEUE], [QUEUE, LEAVE], [QUEUE, ACT, LEAVE]):
        assert verdicts(rules, both) == ["review"]
    shown, found, made = batch(both)
    said = by_rules(shown, None, found, made, [ACT, LEAVE])["reasons"].to_pylist()[0]
    assert [reason["feature"] for reason in said] == ["grounds", "rule_act", "rule_leave", "rules_disagree"]
    assert said[1]["text"] == "The rule acts, version 1 says: act."


def test_without_grounds_no_rule_acts() -> None:
    """Price, standing and a spread of brands are none, whatever a rule says of the use."""
    plain = replace(ACT, when=Conditions(way=(Way.PLAIN,), standing=("closed",)))
    uses = [(Way.PLAIN, f"r{number}", 0.99) for number in range(5)]
    shown, found, made = batch({"uses": uses, "reasons": ("low_price", "several_marks"), "risk": 0.999})
    told = by_rules(shown, sellers({"seller_id": "s", "standing": "closed"}), found, made, [plain])
    assert told["verdict"].to_pylist() == ["review"]
    assert told["reasons"].to_pylist()[0][-1]["feature"] == "rule_without_grounds"


def test_a_picture_that_was_not_looked_at_is_reviewed_whatever_the_rules() -> None:
    assert verdicts([LEAVE], {"risk": 0.1, "reasons": ("unreadable_image",)}) == ["review"]


def test_reasons_come_behind_those_of_the_same_listing() -> None:
    shown, found, made = batch({}, {"uses": []}, {})
    reasons = by_rules(shown, None, found, made, [ACT])["reasons"].to_pylist()
    assert [[one["feature"] for one in said] for said in reasons] == [
        ["grounds", "rule_act"],
        ["grounds"],
        ["grounds", "rule_act"],
    ]


def test_how_listings_come_in_batches_changes_nothing() -> None:
    rows = [{"category": ("Shoes", "Hats")[n % 2], "risk": n / 10} for n in range(10)]
    alone = [verdict for row in rows for verdict in verdicts([ACT, QUEUE, LEAVE], row)]
    assert verdicts([ACT, QUEUE, LEAVE], *rows) == alone


def test_no_listings_at_all() -> None:
    assert verdicts([ACT]) == []
    shown, found, made = batch({})
    assert judged(shown, None, found, made, []).holds.shape == (0, 1)
    assert np.asarray(judged(shown, None, found, made, []).disagree).tolist() == [False]


def test_when_a_rule_is_stopped() -> None:
    brake = Brake(per_hour=10, per_day=50, reversed_share=0.05)
    assert not brake.too_fast(in_hour=9, in_day=49)
    assert brake.too_fast(in_hour=10, in_day=10)
    assert brake.too_fast(in_hour=0, in_day=50)
    assert not brake.too_wrong(decided=3, reversed_=1)  # one may happen
    assert brake.too_wrong(decided=3, reversed_=2)
    assert not brake.too_wrong(decided=100, reversed_=5)
    assert brake.too_wrong(decided=100, reversed_=6)
