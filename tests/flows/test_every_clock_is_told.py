"""
Whoever a clock concerns is told by letter when it starts: what happened, by when, what to do; in English and Chinese.

The table of clocks is walked: each has scenarios in ``clock_starts`` that start it and say who is told, or a reason why
nobody is.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.utils import timezone, translation

from tests.factories import registry
from tests.factories.accounts import AT
from tests.flows import test_complete_notice as incomplete
from tests.flows.clock_starts import STARTS, Started, notifier_of
from tests.flows.world import built
from touchmark.apps.accounts.models import Organisation, User
from touchmark.apps.deadlines.models import Deadline
from touchmark.apps.inbox import wording
from touchmark.apps.inbox.models import Letter
from touchmark.apps.inbox.templatetags.letters import moment
from touchmark.apps.notices import queries as reported
from touchmark.apps.outbox.models import Message
from touchmark.engine.lifecycle.drawing import LIVES
from touchmark.engine.policy.load import regimes
from touchmark.engine.policy.rules import Party
from touchmark.flows import tell_desk

pytestmark = pytest.mark.django_db
LANGUAGES = ("en", "zh-hans")


@pytest.fixture(autouse=True)
def _own_folders(settings: Any, tmp_path: Path) -> None:
    settings.BLOBS, settings.SNAPSHOTS, settings.SHARDS = tmp_path / "b", tmp_path / "s", tmp_path / "d"
    cache.clear()


#: Clocks that run and have no letter of their own, and why.
NO_LETTER = {
    "draft": "whoever saves a draft has the page before them that says until when it is kept",
    "trader_verified": "it waits for an operator, whose list shows it; the trader waits for nothing",
    "grievance": "India's, beside act_on_notice, which the same letter tells: the later of two days says nothing new",
    "second_approval": "it begins with a decision of somebody at the desk: the letter of the day",
    "safety_notice": "by the thousand: the desk's letter of the day",
    "tell_authorities": "it begins with a decision of somebody at the desk: the letter of the day",
    "warn_consumers": "it begins with a decision of somebody at the desk: the letter of the day",
    "take_back_safety": "it begins with a reversal by somebody at the desk: the letter of the day",
}
#: Rules that are counted, or done at once, and set nothing going here.
NOT_RUN = {
    "acknowledge": "done at once, by the letter itself",
    "answer_notice": "Japan's, whose duty is of designated platforms: the queue runs by act_on_notice",
    "appeal_window": "counted in the statement of reasons, which says until when",
    "buyer_reach": "counted: who bought since",
    "confirm_restriction": "the outbox tells the marketplace again until it answers",
    "publish": "done at once",
    "end_measures": "done at once, by the clock of the suit window",
    "consumer_acknowledge": "no door for complaints of consumers here",
    "consumer_redress": "no door for complaints of consumers here",
    "hold": "India's: the restriction has its last day from the first, and both sides read it when it begins",
    "sender_consent": "Japan's other route: it lets a provider off who asks first, and we act on a notice without",
}
EVERY = [(clock, start) for clock, starts in STARTS.items() for start in starts]


def test_the_whole_table_of_clocks_is_walked() -> None:
    rules = {rule.clock for regime in regimes().values() for rule in regime.clocks}
    tables = [set(STARTS), set(NO_LETTER), set(NOT_RUN)]
    assert set.union(*tables) == rules
    assert all(first.isdisjoint(second) for first, second in [*pairwise(tables), (tables[0], tables[2])])


def test_whatever_runs_in_a_status_is_told_of_or_has_its_reason() -> None:
    run = {name for life in LIVES for names in life.clocks.values() for name in names}
    assert run <= {*STARTS, *NO_LETTER}


@pytest.mark.parametrize(
    ("clock", "start"), EVERY, ids=[f"{clock}-{number}" for number, (clock, _) in enumerate(EVERY)]
)
def test_everybody_concerned_is_told_what_by_when(clock: str, start: Callable[[], Started]) -> None:
    started = start()
    due_at = started.due_at or Deadline.objects.get(subject=started.subject, clock=clock, closed_at=None).due_at
    assert due_at is not None
    assert started.letters or started.mails
    for organisation, kind in started.letters:
        letter = Letter.objects.filter(organisation=organisation, kind=kind).latest("delivered_at", "pk")
        for language in LANGUAGES:
            with translation.override(language):
                assert moment(due_at.isoformat()) in wording.written(letter)[1], (kind, language)
        assert Message.objects.filter(kind="email", payload__to__in=addresses(organisation)).exists()
    for address in started.mails:
        sent = Message.objects.filter(to=address).order_by("created_at", "sequence")
        with timezone.override("UTC"):
            told = [moment(due_at.isoformat()), due_at.strftime("%-d %B %Y, %H:%M"), due_at.isoformat()]
        assert any(one in str(message.payload) for message in sent for one in told), address


def addresses(organisation: int) -> list[str]:
    return list(User.objects.filter(memberships__organisation=organisation).values_list("email", flat=True))


def test_the_mail_says_it_in_the_readers_own_zone_and_language_whoever_acts() -> None:
    holder = Organisation.objects.get(pk=registry.holder("Aldermoor Ltd").organisation)
    reader = User.objects.get(memberships__organisation=holder)
    reader.time_zone, reader.language = "Asia/Shanghai", "zh-hans"
    reader.save()
    vera = notifier_of(Started("", [(holder.pk, "")]))
    with timezone.override("America/New_York"), translation.override("en"):
        notice = incomplete.filed(vera)
    due_at = Deadline.objects.get(subject=f"filing:{notice.ref}").due_at
    assert due_at is not None
    mails = [mail.payload["body"] for mail in Message.objects.filter(kind="email", to=reader.email)]
    with timezone.override("Asia/Shanghai"), translation.override("zh-hans"):
        assert any(moment(due_at.isoformat()) in body for body in mails)
    assert reported.items_of(notice).exists()


def test_the_desk_has_a_letter_of_the_day_where_something_is_due_and_one_only() -> None:
    world = built()
    world.report()
    morning = AT + timedelta(hours=18)  # three in the morning; the notice of Saturday is due on Monday night
    assert tell_desk.keep_up(at=morning) == 0
    cache.clear()
    monday = datetime.fromisoformat("2026-08-04T08:00:00+00:00")
    assert tell_desk.keep_up(at=monday) == 2  # Rita and Ravi
    cache.clear()
    assert tell_desk.keep_up(at=monday + timedelta(hours=1)) == 0
    letter = Letter.objects.filter(kind="desk_due").first()
    assert letter is not None
    (row,) = letter.content["rows"]
    assert (row["act"], row["late"] + row["soon"]) == ("We act on the notice", 1)
    with translation.override("zh-hans"):
        subject, body = wording.written(letter)
    assert "desk" not in (subject + body).lower().replace("/desk/", "")


def test_every_clock_that_waits_for_us_is_in_the_letter_of_the_day() -> None:
    ours = {r.clock for g in regimes().values() for r in g.clocks if r.waits_for == Party.PLATFORM}
    quiet = {r.clock for g in regimes().values() for r in g.clocks if r.then not in tell_desk.CALLS}
    assert {*NO_LETTER, "act_on_notice", "decide_appeal", "decide_counter"} & ours <= ours - quiet
