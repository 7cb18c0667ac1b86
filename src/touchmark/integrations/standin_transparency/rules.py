"""The rules of each field of a statement, as the database's own source had them on 1 July 2025."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

VISIBILITY = {
    f"DECISION_VISIBILITY_{name}"
    for name in (
        "CONTENT_REMOVED",
        "CONTENT_DISABLED",
        "CONTENT_DEMOTED",
        "CONTENT_AGE_RESTRICTED",
        "CONTENT_INTERACTION_RESTRICTED",
        "CONTENT_LABELLED",
        "OTHER",
    )
}
MONETARY = {f"DECISION_MONETARY_{name}" for name in ("SUSPENSION", "TERMINATION", "OTHER")}
PROVISION = {f"DECISION_PROVISION_{a}_{b}" for a in ("PARTIAL", "TOTAL") for b in ("SUSPENSION", "TERMINATION")}
ACCOUNT = {"DECISION_ACCOUNT_SUSPENDED", "DECISION_ACCOUNT_TERMINATED"}
GROUNDS = {"DECISION_GROUND_ILLEGAL_CONTENT", "DECISION_GROUND_INCOMPATIBLE_CONTENT"}
CONTENT = {
    f"CONTENT_TYPE_{name}" for name in ("APP", "AUDIO", "IMAGE", "PRODUCT", "SYNTHETIC_MEDIA", "TEXT", "VIDEO", "OTHER")
}
CATEGORIES = {
    f"STATEMENT_CATEGORY_{name}"
    for name in (
        "INTELLECTUAL_PROPERTY_INFRINGEMENTS",
        "SCAMS_AND_FRAUD",
        "UNSAFE_AND_PROHIBITED_PRODUCTS",
        "CONSUMER_INFORMATION",
        "NOT_SPECIFIED_NOTICE",
        "OTHER_VIOLATION_TC",
    )
}
SOURCES = {"SOURCE_ARTICLE_16", "SOURCE_TRUSTED_FLAGGER", "SOURCE_TYPE_OTHER_NOTIFICATION", "SOURCE_VOLUNTARY"}
AUTOMATED = {f"AUTOMATED_DECISION_{name}" for name in ("FULLY", "PARTIALLY", "NOT_AUTOMATED")}
EEA = set("AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IS IT LI LT LU LV MT NL NO PL PT RO SE SI SK".split())  # noqa: SIM905
ENDS = [f"end_date_{what}_restriction" for what in ("visibility", "monetary", "service", "account")]
_PUID = re.compile(r"[a-zA-Z0-9-_]{1,500}")
_EMAIL = re.compile(r"\S+@\S+\.\S+")

Said = Mapping[str, Any]
Rule = Callable[[Any], str]


def one_of(values: set[str]) -> Rule:
    return lambda value: "" if value in values else "The selected value is invalid."


def some_of(values: set[str]) -> Rule:
    def rule(value: Any) -> str:
        fits = isinstance(value, list) and value and set(value) <= values
        return "" if fits else "The selected values are invalid."

    return rule


def text(most: int) -> Rule:
    def rule(value: Any) -> str:
        if not isinstance(value, str) or not value.strip():
            return "The field must be a text."
        return "" if len(value) <= most else f"The field must not be greater than {most} characters."

    return rule


def day(value: Any) -> str:
    try:
        date.fromisoformat(value)
    except (TypeError, ValueError):
        return "The field must match the format Y-m-d."
    return ""


def ean(value: Any) -> str:
    fits = isinstance(value, dict) and re.fullmatch(r"\d{13}", str(value.get("EAN-13", "")))
    return "" if fits else "The EAN-13 must have 13 digits."


#: Each field that there is, and its rule; what is named nowhere here is refused.
FIELDS: Mapping[str, Rule] = {
    "puid": lambda value: "" if isinstance(value, str) and _PUID.fullmatch(value) else "The puid format is invalid.",
    "decision_visibility": some_of(VISIBILITY),
    "decision_visibility_other": text(500),
    "decision_monetary": one_of(MONETARY),
    "decision_monetary_other": text(500),
    "decision_provision": one_of(PROVISION),
    "decision_account": one_of(ACCOUNT),
    "account_type": one_of({"ACCOUNT_TYPE_BUSINESS", "ACCOUNT_TYPE_PRIVATE"}),
    "decision_ground": one_of(GROUNDS),
    "decision_ground_reference_url": text(500),
    "illegal_content_legal_ground": text(500),
    "illegal_content_explanation": text(2_000),
    "incompatible_content_ground": text(500),
    "incompatible_content_explanation": text(2_000),
    "incompatible_content_illegal": one_of({"Yes", "No"}),
    "decision_facts": text(5_000),
    "content_type": some_of(CONTENT),
    "category": one_of(CATEGORIES),
    "category_specification": lambda value: (
        "" if isinstance(value, list) and all(str(one).startswith("KEYWORD_") for one in value) else "Invalid keyword."
    ),
    "territorial_scope": some_of(EEA),
    "content_language": lambda value: "" if isinstance(value, str) and len(value) == 2 else "Two letters are needed.",
    "content_date": day,
    "application_date": day,
    **dict.fromkeys(ENDS, day),
    "content_id": ean,
    "source_type": one_of(SOURCES),
    "source_identity": text(500),
    "automated_detection": one_of({"Yes", "No"}),
    "automated_decision": one_of(AUTOMATED),
}
REQUIRED = (
    "puid",
    "decision_ground",
    "decision_facts",
    "content_type",
    "category",
    "content_date",
    "application_date",
    "source_type",
    "automated_detection",
    "automated_decision",
)
DECISIONS = ("decision_visibility", "decision_monetary", "decision_provision", "decision_account")
OF_GROUND = {
    "DECISION_GROUND_ILLEGAL_CONTENT": ("illegal_content_legal_ground", "illegal_content_explanation"),
    "DECISION_GROUND_INCOMPATIBLE_CONTENT": ("incompatible_content_ground", "incompatible_content_explanation"),
}


def errors_of(said: Said) -> dict[str, list[str]]:
    """Give what is wrong with a statement, by field; nothing where it can be stored."""
    found = {name: ["The field is required."] for name in REQUIRED if not said.get(name)}
    for name, value in said.items():
        wrong = FIELDS[name](value) if name in FIELDS else "There is no such field."
        if wrong:
            found.setdefault(name, []).append(wrong)
    for name, wrong in _together(said):
        found.setdefault(name, []).append(wrong)
    return found


def _together(said: Said) -> list[tuple[str, str]]:
    found = []
    if not any(said.get(name) for name in DECISIONS):
        found.append(("decision_visibility", "One of the decisions is required."))
    if "DECISION_VISIBILITY_OTHER" in (said.get("decision_visibility") or []):
        found += _needed(said, "decision_visibility_other")
    for name in OF_GROUND.get(str(said.get("decision_ground")), ()):
        found += _needed(said, name)
    if said.get("source_type") == "SOURCE_VOLUNTARY" and said.get("source_identity"):
        found.append(("source_identity", "The field is prohibited."))
    found += [(name, "The field holds personal data.") for name, v in said.items() if _EMAIL.search(str(v))]
    begins = str(said.get("application_date", ""))
    found += [(name, "The end must not be before the application.") for name in ENDS if _before(said.get(name), begins)]
    return found


def _needed(said: Said, name: str) -> list[tuple[str, str]]:
    return [] if said.get(name) else [(name, "The field is required.")]


def _before(end: Any, begins: str) -> bool:
    return isinstance(end, str) and not day(end) and not day(begins) and end < begins
