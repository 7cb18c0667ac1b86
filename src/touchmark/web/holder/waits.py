"""What waits for a holder: notices to complete, sellers' answers, questions of reviewers; the next due first."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from touchmark.apps.counters import queries as counters
from touchmark.apps.deadlines.queries import rule_of, running_of_each
from touchmark.apps.examinations.access import examinations_for
from touchmark.apps.examinations.actions import stream_of as stream_of_question
from touchmark.apps.notices.access import notices_for
from touchmark.apps.notices.record import stream_of_notice
from touchmark.engine.lifecycle.authentication import AuthenticationStatus
from touchmark.engine.lifecycle.filing import FilingStatus
from touchmark.engine.policy.rules import Party
from touchmark.engine.terms import Actor
from touchmark.web.counters.case import subjects_of
from touchmark.web.counters.words import badge_of
from touchmark.web.ui.due import Due, due_of
from touchmark.web.ui.waiting import Waiting, urgent_first

if TYPE_CHECKING:
    from touchmark.apps.deadlines.models import Deadline

#: How many of each kind the first page names; the lists have the rest.
SHOWN = 10


def waiting_for(actor: Actor) -> list[Waiting]:
    """Give what the actor must do, the next due first."""
    return urgent_first([*_incomplete(actor), *_answers(actor), *_questions(actor)])


def _incomplete(actor: Actor) -> Iterator[Waiting]:
    notices = list(notices_for(actor).filter(status=FilingStatus.INCOMPLETE)[:SHOWN])
    running = running_of_each(stream_of_notice(notice) for notice in notices)
    for notice in notices:
        yield Waiting(
            heading=_("Complete notice %(ref)s") % {"ref": notice.ref},
            about=str(notice.right),
            address=reverse("holder_notice_complete", args=[notice.ref]),
            badge={"colour": "amber", "text": _("Incomplete"), "icon": "alert"},
            due=due_of(running[stream_of_notice(notice)]),
        )


def _answers(actor: Actor) -> Iterator[Waiting]:
    answers = list(counters.waiting_for_holder(actor).prefetch_related("suits")[:SHOWN])
    running = running_of_each(subject for answer in answers for subject in subjects_of(answer))
    for answer in answers:
        due = _for_holder(running, subjects_of(answer))
        if due:
            item = answer.item
            yield Waiting(
                heading=_("A seller answered notice %(ref)s") % {"ref": item.ref},
                about=f"{item.listing.title} · {item.listing.marketplace.name}",
                address=reverse("holder_answer", args=[answer.ref]),
                badge=badge_of(answer.status),
                due=due,
            )


def _for_holder(running: Mapping[str, list["Deadline"]], subjects: list[str]) -> list[Due]:
    clocks = [one for subject in subjects for one in running[subject]]
    return due_of(one for one in clocks if rule_of(one).waits_for == Party.HOLDER)


def _questions(actor: Actor) -> Iterator[Waiting]:
    asked = list(examinations_for(actor).filter(status=AuthenticationStatus.ASKED).order_by("asked_at", "id")[:SHOWN])
    running = running_of_each(stream_of_question(one) for one in asked)
    for one in asked:
        yield Waiting(
            heading=_("Say whether the goods are genuine"),
            about=f"{one.item.listing.title} · {one.item.listing.marketplace.name}",
            address=reverse("holder_examination", args=[one.ref]),
            badge={"colour": "violet", "text": _("A reviewer asks"), "icon": "dispute"},
            due=due_of(running[stream_of_question(one)]),
        )
