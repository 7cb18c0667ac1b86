"""A notice in the JSON that Lumen's database of notices takes, redacted: kinds of works, addresses, parties by role."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from touchmark.engine.reporting.redaction import redacted
from touchmark.engine.terms import RightKind

_TYPES = {
    RightKind.WORD_MARK: "Trademark",
    RightKind.FIGURATIVE_MARK: "Trademark",
    RightKind.COPYRIGHT: "DMCA",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """
    What of a notice is given away. ``sender`` and ``principal`` are organisations, named as they are public in the
    register; ``names`` are those of people, which go. ``urls`` are the addresses that it named.
    """

    ref: str
    kind: RightKind
    work: str
    statement: str
    sender: str
    principal: str
    recipient: str
    sent_at: datetime
    action: str  # what came of it: Yes, No or Partial
    urls: Sequence[str] = ()
    names: Iterable[str] = field(default_factory=tuple)


def notice(sent: Sent) -> dict[str, Any]:
    """Give the notice as Lumen's ``POST /notices`` takes it: no address, no person, no e-mail of anybody."""
    names = tuple(sent.names)
    mark = sent.kind in (RightKind.WORD_MARK, RightKind.FIGURATIVE_MARK)
    parties = [
        {"name": "sender", "entity_attributes": {"name": sent.sender, "kind": "organization"}},
        {"name": "principal", "entity_attributes": {"name": sent.principal, "kind": "organization"}},
        {"name": "recipient", "entity_attributes": {"name": sent.recipient, "kind": "organization"}},
    ]
    work = {
        "kind": "mark" if mark else "work",
        "description": redacted(sent.work, names=names),
        "infringing_urls_attributes": [{"url": url} for url in sent.urls],
    }
    return {
        "notice": {
            "title": f"Notice {sent.ref}",
            "type": _TYPES.get(sent.kind, "Other"),
            "subject": "Listings on a marketplace",
            "date_sent": sent.sent_at.isoformat(),
            "date_received": sent.sent_at.isoformat(),
            "source": "Online form",
            "action_taken": sent.action,
            "body": redacted(sent.statement, names=names),
            "works_attributes": [work],
            "entity_notice_roles_attributes": parties,
        }
    }
