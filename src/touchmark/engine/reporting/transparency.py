"""
A statement of reasons in the form of the European Commission's transparency database (DSA, art. 24(5)), from values.

No personal data goes in: texts are redacted, sellers and notifiers are not named. Field by field as the database's own
source had it on 1 July 2025.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from touchmark.engine.errors import TouchmarkError
from touchmark.engine.reporting.redaction import redacted
from touchmark.engine.terms import RightKind

#: Countries in which a restriction applies by the database's list: the Union, Iceland, Liechtenstein, Norway.
EEA = frozenset(
    "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IS IT LI LT LU LV MT NL NO PL PT RO SE SI SK".split()  # noqa: SIM905
)
_KEYWORDS = {
    RightKind.WORD_MARK: "KEYWORD_TRADEMARK_INFRINGEMENT",
    RightKind.FIGURATIVE_MARK: "KEYWORD_TRADEMARK_INFRINGEMENT",
    RightKind.COPYRIGHT: "KEYWORD_COPYRIGHT_INFRINGEMENT",
    RightKind.DESIGN: "KEYWORD_DESIGN_INFRINGEMENT",
    RightKind.PATENT: "KEYWORD_PATENT_INFRINGEMENT",
    RightKind.UTILITY_MODEL: "KEYWORD_PATENT_INFRINGEMENT",
    RightKind.GEOGRAPHICAL_INDICATION: "KEYWORD_GEOGRAPHIC_INDICATIONS_INFRINGEMENT",
}
_VISIBILITY = {
    "remove": "DECISION_VISIBILITY_CONTENT_REMOVED",
    "disable": "DECISION_VISIBILITY_CONTENT_DISABLED",
    "hide": "DECISION_VISIBILITY_CONTENT_DEMOTED",
    "pictures": "DECISION_VISIBILITY_CONTENT_REMOVED",
}
_CONTENT = {
    "offer": ("CONTENT_TYPE_PRODUCT",),
    "shop_front": ("CONTENT_TYPE_IMAGE", "CONTENT_TYPE_TEXT"),
    "video": ("CONTENT_TYPE_VIDEO",),
    "picture": ("CONTENT_TYPE_IMAGE",),
}
_ACCOUNT = {"suspend": "DECISION_ACCOUNT_SUSPENDED", "close": "DECISION_ACCOUNT_TERMINATED"}
_GROUND, _EXPLANATION, _FACTS, _OTHER = 500, 2_000, 5_000, 500
_PUID = re.compile(r"[a-zA-Z0-9_-]{1,500}")
_GTIN = re.compile(r"\d{13}")


class NotReportable(TouchmarkError):
    """The decision restricts nothing, or its name cannot stand in the database."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """
    What of a decision is told.

    ``acts_as``: remove, disable, hide, pictures, hold, suspend, close or ban. ``by_law``: on the law, or on the terms.
    ``names`` are those that must not appear. ``detected``: by automated means; ``automated``: no person decided;
    ``partly``: a person approved what a rule proposed.
    ``content`` is what was decided on: an offer, a shop_front, a video, a picture.
    ``trader``: whoever runs the shop is known to be a trader.
    """

    puid: str
    acts_as: str
    by_law: bool
    ground: str
    explanation: str
    facts: str
    content_on: date
    applied_on: date
    ends_on: date | None = None
    kind: RightKind | None = None
    territories: Sequence[str] = ()
    gtin: str = ""
    content: str = "offer"
    noticed: bool = False
    flagged: bool = False
    detected: bool = False
    automated: bool = False
    partly: bool = False
    trader: bool = False
    names: Iterable[str] = field(default_factory=tuple)


def statement(told: Told) -> dict[str, Any]:
    """
    Give the statement as the database takes it.

    :raises NotReportable: if it restricts nothing, or its name is none that the database takes
    """
    if not _PUID.fullmatch(told.puid):
        raise NotReportable(f"'{told.puid}' cannot name a statement: letters, digits, '-' and '_', 500 at most.")
    names = tuple(told.names)
    return {
        "puid": told.puid,
        **_decided(told),
        **_grounded(told, names),
        "decision_facts": _cut(redacted(told.facts, names=names), _FACTS),
        "content_type": list(_CONTENT[told.content]),
        "category": "STATEMENT_CATEGORY_INTELLECTUAL_PROPERTY_INFRINGEMENTS",
        **({"category_specification": [_KEYWORDS[told.kind]]} if told.kind else {}),
        **({"territorial_scope": where} if (where := sorted(EEA & set(told.territories))) else {}),
        "content_date": told.content_on.isoformat(),
        "application_date": told.applied_on.isoformat(),
        **({"content_id": {"EAN-13": told.gtin}} if _GTIN.fullmatch(told.gtin) else {}),
        "source_type": _source(told),
        "automated_detection": "Yes" if told.detected else "No",
        "automated_decision": _automated(told),
    }


def _decided(told: Told) -> Mapping[str, Any]:
    if told.acts_as in _ACCOUNT:
        ends = {"end_date_account_restriction": told.ends_on.isoformat()} if told.ends_on else {}
        return {"decision_account": _ACCOUNT[told.acts_as], **_account_of(told), **ends}
    if told.acts_as == "ban":  # the shop goes on, and offers nothing new
        ends = {"end_date_service_restriction": told.ends_on.isoformat()} if told.ends_on else {}
        return {"decision_provision": "DECISION_PROVISION_PARTIAL_SUSPENSION", **ends}
    ends = {"end_date_visibility_restriction": told.ends_on.isoformat()} if told.ends_on else {}
    if told.acts_as in _VISIBILITY:
        return {"decision_visibility": [_VISIBILITY[told.acts_as]], **ends}
    if told.acts_as == "hold":
        other = "Not published until somebody has decided"
        return {"decision_visibility": ["DECISION_VISIBILITY_OTHER"], "decision_visibility_other": other, **ends}
    raise NotReportable(f"'{told.acts_as}' restricts nothing.")


def _account_of(told: Told) -> Mapping[str, str]:
    """Say that an account is a business's where that is known; of others nothing is said, as nothing asks for it."""
    return {"account_type": "ACCOUNT_TYPE_BUSINESS"} if told.trader else {}


def _grounded(told: Told, names: tuple[str, ...]) -> Mapping[str, str]:
    ground = _cut(redacted(told.ground, names=names), _GROUND)
    explanation = _cut(redacted(told.explanation, names=names), _EXPLANATION)
    if told.by_law:
        return {
            "decision_ground": "DECISION_GROUND_ILLEGAL_CONTENT",
            "illegal_content_legal_ground": ground,
            "illegal_content_explanation": explanation,
        }
    return {
        "decision_ground": "DECISION_GROUND_INCOMPATIBLE_CONTENT",
        "incompatible_content_ground": ground,
        "incompatible_content_explanation": explanation,
        "incompatible_content_illegal": "No",
    }


def _source(told: Told) -> str:
    if told.flagged:
        return "SOURCE_TRUSTED_FLAGGER"
    return "SOURCE_ARTICLE_16" if told.noticed else "SOURCE_VOLUNTARY"


def _automated(told: Told) -> str:
    """How far a machine decided, as the seller is told; how it was found is another field."""
    if told.automated:
        return "AUTOMATED_DECISION_FULLY"
    return "AUTOMATED_DECISION_PARTIALLY" if told.partly else "AUTOMATED_DECISION_NOT_AUTOMATED"


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"
