"""What a seller can do about notices: answer those that restrict its listings; its answers that are under way."""

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from touchmark.apps.counters import access, queries
from touchmark.apps.counters.standing import OPEN
from touchmark.apps.counters.windows import stream_of_answering
from touchmark.apps.deadlines.queries import running_of_each
from touchmark.apps.rows import first_rows
from touchmark.engine.terms import Actor
from touchmark.web.counters.case import SELLER
from touchmark.web.counters.offers import may_answer
from touchmark.web.counters.rows import rows_of
from touchmark.web.ui.due import Due, due_of
from touchmark.web.ui.waiting import Waiting, urgent_first

if TYPE_CHECKING:
    from datetime import datetime

    from touchmark.apps.notices.models import NoticeItem

#: How many the first page names; the page of each decision has its own.
SHOWN = 10
#: Among how many of the latest notices those that fall due first are looked for.
LATEST = 200


def to_answer(actor: Actor, at: "datetime") -> list[Waiting]:
    """Give the notices that the seller can answer now, the one whose chance ends first at the head."""
    items = first_rows(queries.not_answered(actor), LATEST)
    running = running_of_each(stream_of_answering(item) for item in items)
    found = {item.pk: _to_answer(item, due_of(running[stream_of_answering(item)][:1])) for item in items}
    first = sorted(items, key=lambda item: found[item.pk].falls_due)[:SHOWN]
    return [found[item.pk] for item in first if may_answer(item, at)]


def _to_answer(item: "NoticeItem", due: list[Due]) -> Waiting:
    return Waiting(
        heading=item.listing.title,
        about=_about(item),
        address=reverse("seller_answer_notice", args=[item.ref]),
        badge={"colour": "red", "text": _("Restricted"), "icon": "restricted"},
        due=due,
        button=_("Answer the notice"),
    )


def _about(item: "NoticeItem") -> str:
    return f"{item.listing.marketplace.name} · " + _("Notice %(ref)s") % {"ref": item.ref}


def under_way(actor: Actor) -> list[Waiting]:
    """Give the seller's answers of which something can still come, the next due first."""
    rows = rows_of(access.counters_for(actor).filter(status__in=OPEN)[:SHOWN], SELLER)
    return urgent_first(
        Waiting(
            heading=row.counter.item.listing.title,
            about=_about(row.counter.item),
            address=reverse("seller_answer", args=[row.counter.ref]),
            badge=row.badge,
            due=[row.next] if row.next else [],
        )
        for row in rows
    )
