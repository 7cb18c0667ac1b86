"""What is told to the public holds no personal data, and has the form that its readers take."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from touchmark.engine.reporting import lumen, transparency
from touchmark.engine.reporting.redaction import GONE, redacted
from touchmark.engine.reporting.transparency import NotReportable, Told
from touchmark.engine.terms import RightKind

#: Numbers of laws and of registered rights, and days, name nobody.
LAW = "Regulation (EU) 2017/1001, EUIPO 018000001, 2026-07-01"


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Write to sam.crate+shop@example.co.uk now", f"Write to {GONE} now"),
        ("Call +1 (617) 555-0100 or 13912345678", f"Call {GONE} or {GONE}"),
        ("See https://shop.example/u/sam?x=1", f"See {GONE}"),
        ("SAM  crate sells it", f"{GONE} sells it"),
        ("身份证 11010519491231002X", f"身份证 {GONE}"),
        ("卖家王小明出售", f"卖家{GONE}出售"),
        (
            "Regulation (EU) 2017/1001, EUIPO 018000001, 2026-07-01",
            "Regulation (EU) 2017/1001, EUIPO 018000001, 2026-07-01",
        ),
        ("Model 2019, size 44, 3 pieces for 129.90", "Model 2019, size 44, 3 pieces for 129.90"),
        ("Samantha is no Sam", "Samantha is no Sam"),  # a name in a longer word is not it, and two letters are none
    ],
)
def test_what_names_or_reaches_somebody_goes_and_the_rest_stays(text: str, left: str) -> None:
    assert redacted(text, names=["Sam Crate", "王小明", "Sa"]) == left


def told(**changes: Any) -> Told:
    said: dict[str, Any] = {
        "puid": "D-2026-AAAA-BBBB",
        "acts_as": "remove",
        "by_law": True,
        "ground": "Regulation (EU) 2017/1001, art. 9(2)",
        "explanation": "The sign is used for the goods.",
        "facts": "Sam Crate offers it; write to sam@example.test.",
        "content_on": date(2026, 7, 1),
        "applied_on": date(2026, 8, 1),
        "kind": RightKind.WORD_MARK,
        "territories": ("DE", "FR", "US"),
        "gtin": "4006381333931",
        "noticed": True,
        "detected": True,
        "names": ("Sam Crate",),
    }
    return Told(**said | changes)


def test_a_statement_says_what_was_done_and_names_nobody() -> None:
    made = transparency.statement(told())
    assert made["decision_visibility"] == ["DECISION_VISIBILITY_CONTENT_REMOVED"]
    assert made["territorial_scope"] == ["DE", "FR"]
    assert made["content_id"] == {"EAN-13": "4006381333931"}
    # a machine found it, and a person decided
    assert (made["automated_detection"], made["automated_decision"]) == ("Yes", "AUTOMATED_DECISION_NOT_AUTOMATED")
    assert made["source_type"] == "SOURCE_ARTICLE_16"
    assert made["decision_facts"] == f"{GONE} offers it; write to {GONE}."
    assert "Sam" not in str(made)


@pytest.mark.parametrize(
    ("changes", "how"),
    [({"automated": True}, "FULLY"), ({"partly": True}, "PARTIALLY"), ({"detected": False}, "NOT_AUTOMATED")],
)
def test_how_far_a_machine_decided_is_told_by_who_decided(changes: dict[str, Any], how: str) -> None:
    assert transparency.statement(told(**changes))["automated_decision"] == f"AUTOMATED_DECISION_{how}"


def test_a_ban_on_new_offers_suspends_the_service_in_part_until_its_day() -> None:
    made = transparency.statement(told(acts_as="ban", ends_on=date(2026, 8, 15)))
    assert made["decision_provision"] == "DECISION_PROVISION_PARTIAL_SUSPENSION"
    assert made["end_date_service_restriction"] == "2026-08-15"
    assert "decision_visibility" not in made


def test_long_texts_are_cut_to_what_fits() -> None:
    made = transparency.statement(told(ground="g" * 900, explanation="e" * 9_000, facts="f" * 9_000))
    lengths = [len(made[name]) for name in ("illegal_content_legal_ground", "illegal_content_explanation")]
    assert [*lengths, len(made["decision_facts"])] == [500, 2_000, 5_000]


def test_what_restricts_nothing_or_has_no_name_is_not_told() -> None:
    with pytest.raises(NotReportable):
        transparency.statement(told(acts_as="none"))
    with pytest.raises(NotReportable):
        transparency.statement(told(puid="a name with spaces"))


def test_a_notice_for_lumen_names_organisations_by_role_and_no_person() -> None:
    sent = lumen.Sent(
        ref="N-2026-AAAA-BBBB",
        kind=RightKind.COPYRIGHT,
        work="The photograph by Vera Stone",
        statement="I, Vera Stone, vera@example.test, own it.",
        sender="Stone & Co",
        principal="Aldermoor Ltd",
        recipient="Bazaar",
        sent_at=datetime(2026, 8, 1, tzinfo=UTC),
        action="Yes",
        urls=("https://bazaar.example/1",),
        names=("Vera Stone",),
    )
    made = lumen.notice(sent)["notice"]
    assert made["type"] == "DMCA"
    assert made["body"] == f"I, {GONE}, {GONE}, own it."
    assert [one["name"] for one in made["entity_notice_roles_attributes"]] == ["sender", "principal", "recipient"]
    assert made["works_attributes"][0]["infringing_urls_attributes"] == [{"url": "https://bazaar.example/1"}]
    assert "Vera" not in str(made)


@pytest.mark.parametrize(("trader", "said"), [(True, "ACCOUNT_TYPE_BUSINESS"), (False, None)])
def test_an_account_is_a_businesss_where_that_is_known_and_else_nothing_is_said(trader: bool, said: str | None) -> None:
    assert transparency.statement(told(acts_as="suspend", trader=trader)).get("account_type") == said
