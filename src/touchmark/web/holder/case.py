"""One notice as its holder sees it: the steps with their dates, and what was said."""

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from touchmark.apps.audit import queries as audit
from touchmark.apps.notices.standing import JUDGED
from touchmark.engine.lifecycle.notice_item import ItemStatus
from touchmark.web.ui.steps import Entry, Reached, Step
from touchmark.web.ui.words import words_of_reason

if TYPE_CHECKING:
    from touchmark.apps.inbox.models import Letter
    from touchmark.apps.notices.models import NoticeItem


def moments_of(notice: "NoticeItem") -> dict[str, datetime]:
    """Give when each thing happened to a notice, as the record says."""
    return {event.kind: event.at for event in audit.events_of(f"notice:{notice.ref}")}


def steps_of(notice: "NoticeItem", moments: dict[str, datetime]) -> list[Step]:
    """Give where a notice stands, from its sending to its end."""
    sent = _("Sent by %(agent)s") % {"agent": notice.agent} if notice.agent else _("You sent it")
    steps = [Step(sent, Reached.PAST, notice.filed_at)]
    if notice.status == ItemStatus.WAITING:
        asked = Step(_("We asked you for what is missing"), Reached.NOW)
        return [*steps, asked, Step(_("A reviewer looks at it"), Reached.TO_COME)]
    if notice.status in JUDGED:
        note = _("We write to you as soon as it is decided.")
        return [*steps, Step(_("A reviewer looks at it"), Reached.NOW, None, note), Step(_("Outcome"), Reached.TO_COME)]
    if notice.joined_to and notice.status == ItemStatus.JOINED:
        text = _("Joined to %(ref)s: the same right on the same listing, with one answer") % {"ref": notice.joined_to}
        return [*steps, Step(text, Reached.NOW), Step(_("Outcome"), Reached.TO_COME)]
    said = {
        "uphold": _("Upheld: the marketplace was told to act"),
        "refuse": _("Not upheld: the listing stays on sale"),
        "follow": _("Upheld with the notice that it was joined to: the marketplace was told to act"),
        "close": _("Not upheld, as the notice that it was joined to: the listing stays on sale"),
        "grant": _("Upheld on your appeal: the marketplace was told to act"),
        "withdraw": _("Withdrawn") if notice.agent else _("You withdrew it"),
        "reverse": _("Reversed after an appeal: the listing goes back on sale"),
        "lapse": _("Lapsed: what was missing did not come in time"),
        "put_back": _("Put back: the seller answered, and no suit was shown in time"),
        "retract": _("Taken back: the listing goes back on sale")
        if notice.agent
        else _("You took it back: the listing goes back on sale"),
        "stop": _("Stopped: the right does not count any more"),
    }
    happened = [event for event in said if event in moments]
    return steps + [
        Step(said[event], Reached.NOW if event == happened[-1] else Reached.PAST, moments[event]) for event in happened
    ]


def exchange_of(notice: "NoticeItem", letters: Iterable["Letter"], moments: dict[str, datetime]) -> list[Entry]:
    """Give what was said, in order: the notice, and what the holder was told of its outcome, each time."""
    reason = _("reported: %(reason)s") % {"reason": words_of_reason(notice.reason)}
    who = str(notice.agent) if notice.agent else _("You")  # of two sides, which both read, one is named
    said = [Entry(who, reason, notice.filed_at, notice.statement, mine=True)]
    if "withdraw" in moments:
        by = _("The notifier") if notice.agent else who
        said.append(Entry(by, _("withdrew the notice"), moments["withdraw"], mine=True))
    told = {
        ItemStatus.UPHELD: _("upheld the notice"),
        ItemStatus.REFUSED: _("did not uphold the notice"),
        ItemStatus.REVERSED: _("reversed the decision after an appeal"),
    }
    for letter in letters:
        outcome = ItemStatus(letter.content["outcome"])
        said.append(Entry(_("A reviewer"), told[outcome], letter.delivered_at, letter.content["reasons"]))
    return sorted(said, key=lambda entry: entry.at)
