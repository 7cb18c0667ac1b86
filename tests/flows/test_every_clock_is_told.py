"""
Whoever a clock concerns is told by letter when it starts: what happened, by when, what to do; in English and Chinese.

The table of clocks is walked: each has a scenario below that starts it and says who is told, or a reason why nobody is.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.utils import timezone, translation

from tests.factories import accounts, catalog, disputes, orders, registry, safety
from tests.factories.accounts import AT
from tests.factories.disputes import LATER
from tests.flows import test_complete_notice as incomplete
from tests.flows import test_good_faith as faith
from tests.flows import test_join_notices as joined
from tests.flows.answer_notice.said import suit
from tests.flows.world import World, appeal_form, built
from touchmark.apps.accounts.models import Organisation, User
from touchmark.apps.appeals import actions as appeals
from touchmark.apps.buyers.models import Duty
from touchmark.apps.catalog.kinds import Gone
from touchmark.apps.catalog.models import Listing
from touchmark.apps.catalog.naming import named
from touchmark.apps.counters.actions import GivenFile
from touchmark.apps.counters.kinds import FileKind, Said
from touchmark.apps.counters.models import Suit
from touchmark.apps.deadlines.models import Deadline
from touchmark.apps.disputes import actions as bodies
from touchmark.apps.inbox import wording
from touchmark.apps.inbox.models import Letter
from touchmark.apps.inbox.templatetags.letters import moment
from touchmark.apps.notices import actions as notices
from touchmark.apps.notices import queries as reported
from touchmark.apps.notices.actions import NoticeForm
from touchmark.apps.notices.guests import Who
from touchmark.apps.notices.reasons import NoticeReason
from touchmark.apps.orders.kinds import Product
from touchmark.apps.outbox.models import Message
from touchmark.apps.registry.content import RightContent
from touchmark.apps.tiers import actions as tiers
from touchmark.apps.tiers.models import Tier
from touchmark.apps.tiers.record import record as record_tier
from touchmark.apps.traders import actions as traders
from touchmark.engine.lifecycle.drawing import LIVES
from touchmark.engine.penalties.tiers import Side
from touchmark.engine.policy.load import regimes
from touchmark.engine.policy.rules import Party
from touchmark.engine.policy.traders import in_force
from touchmark.engine.terms import Actor, Role
from touchmark.flows import answer_notice, ask_examiner, inform_buyers, listing_gone, tell_desk
from touchmark.flows.lapse import lapse_due
from touchmark.flows.report_as_guest import GuestNotice, report_as_guest
from touchmark.flows.resolve_appeal import resolve

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
LANGUAGES = ("en", "zh-hans")


@pytest.fixture(autouse=True)
def _own_folders(settings: Any, tmp_path: Path) -> None:
    settings.BLOBS, settings.SNAPSHOTS, settings.SHARDS = tmp_path / "b", tmp_path / "s", tmp_path / "d"
    cache.clear()


@dataclass
class Started:
    """What runs, and who is told of it: organisations by the kind of letter, addresses by mail, marketplaces."""

    subject: str
    letters: list[tuple[int, str]] = field(default_factory=list)
    mails: list[str] = field(default_factory=list)
    due_at: datetime | None = None  # where it is no row of a deadline


def act() -> Started:
    world = built()
    item = world.report()
    return Started(f"notice:{item.ref}", [(world.vera.organisation, "notice_received")])


def act_once_alone() -> Started:
    catalog.listing(title="ALDERMOOR bag", listing_id="L")
    house, agency = joined.registered("Aldermoor Ltd"), joined.registered("Marks & Partners")
    first, second = joined.filed(house), joined.filed(agency, at=AT + DAY)
    notices.withdraw(ref=first.ref, actor=house[0], at=LATER + DAY)
    return Started(f"notice:{second.ref}", [(agency[0].organisation, "notice_goes_on")])


def gone() -> tuple[World, str]:
    world = built()
    item = world.report()
    listing_gone.say_gone(
        marketplace="bazaar", said={world.listing.listing_id: Gone.SELLER}, actor=Actor.program_of("bazaar"), at=LATER
    )
    return world, f"notice:{item.ref}"


def listing_is_gone() -> Started:
    world, subject = gone()
    return Started(subject, [(world.vera.organisation, "notice_gone")])


def act_on_what_is_back() -> Started:
    world, subject = gone()
    Listing.objects.filter(pk=world.listing.pk).update(gone_at=None, gone_because="")
    assert listing_gone.keep_up(at=LATER + DAY) == 1
    return Started(subject, [(world.vera.organisation, "notice_goes_on")])


def complete_notice() -> Started:
    holder = registry.holder("Aldermoor Ltd")
    notice = incomplete.filed(holder)
    return Started(f"filing:{notice.ref}", [(holder.organisation, "notice_incomplete")])


def confirm_email() -> Started:
    country, company, kind = disputes.PLACES["platform"]
    catalog.marketplace("shop", territories=[country], company=company)
    listing = catalog.listing(on="shop", title="A leather bag")
    said = GuestNotice(
        Who("Mara Voss", "mara@example.test", "en", "192.0.2.1"),
        RightContent(kind=kind, text="ALDERMOOR", owner="Mara Voss", number="0179", territories=(country,)),
        [named(f"shop:{listing.listing_id}")],
        NoticeForm(NoticeReason.SUSPECTED_FAKE, "This is not mine.", True, uuid4(), {"proof_of_right": "Here."}),
    )
    notice = report_as_guest(said, at=AT).notice
    return Started(f"filing:{notice.ref}", mails=["mara@example.test"])


def authentication() -> Started:
    world = built()
    item = world.report()
    found = ask_examiner.ask(item=item.ref, question="Is the clasp yours?", actor=world.rita, at=LATER)
    return Started(f"examination:{found.ref}", [(world.vera.organisation, "goods_to_examine")])


def answering() -> Started:
    made = disputes.dispute()
    return Started(f"answering:{made.item.ref}", [(made.sam.organisation, "statement_of_reasons")])


def complete_counter() -> Started:
    made = disputes.dispute()
    counter = made.answered(explanation="", particulars={})
    return Started(f"counter:{counter.ref}", [(made.sam.organisation, "counter_incomplete")])


def forward_counter() -> Started:
    """Of a seller who is warned a reviewer sees the answer first."""
    made = disputes.dispute()
    seller = Organisation.objects.get(pk=made.sam.organisation)
    tier = record_tier(Tier(organisation=seller, side=Side.COUNTER_NOTIFIER), "begin", actor=made.rita, at=AT)
    record_tier(tier, "watch", actor=made.rita, at=AT)
    counter = made.answered()
    assert counter.status == "received"
    return Started(f"counter:{counter.ref}", [(made.sam.organisation, "counter_received")])


def answered(law: str) -> Callable[[], Started]:
    def start() -> Started:
        made = disputes.dispute(law)
        counter = made.answered()
        both = [(made.vera.organisation, "counter_forwarded"), (made.sam.organisation, "counter_received")]
        return Started(f"counter:{counter.ref}", both)

    return start


def sent_on_by_a_reviewer() -> Started:
    started = forward_counter()
    ref = started.subject.partition(":")[2]
    rita = accounts.actor(Role.REVIEWER)
    answer_notice.judge(ref=ref, event="forward", actor=rita, at=LATER + DAY)
    seller, _ = started.letters[0]
    holder = Letter.objects.filter(kind="counter_forwarded").get().organisation_id
    return Started(started.subject, [(holder, "counter_forwarded"), (seller, "counter_goes_on")])


def both_told(made: disputes.Dispute, subject: str) -> Started:
    return Started(subject, [(who.organisation, "counter_goes_on") for who in (made.vera, made.sam)])


def decide_counter() -> Started:
    made = disputes.dispute()
    counter = made.answered()
    answer_notice.reply(ref=counter.ref, said=Said.OBJECT, text="It is ours.", actor=made.vera, at=LATER + DAY)
    return both_told(made, f"counter:{counter.ref}")


def delayed() -> Started:
    made = disputes.dispute("cn")
    counter = made.answered()
    files = (GivenFile(FileKind.DELAY, disputes.picture(5)),)
    said: dict[str, Any] = {"ref": counter.ref, "actor": made.vera}
    answer_notice.reply(**said, said=Said.CLAIM_DELAY, text="The notary.", files=files, at=LATER + DAY)
    return both_told(made, f"counter:{counter.ref}")


def delay_is_over() -> Started:
    started = delayed()
    ref = started.subject.partition(":")[2]
    vera = notifier_of(started)
    answer_notice.reply(ref=ref, said=Said.END_DELAY, actor=vera, at=LATER + 3 * DAY)
    return started


def notifier_of(started: Started) -> Actor:
    holder, _ = started.letters[0]
    return accounts.actor(Role.HOLDER, of=Organisation.objects.get(pk=holder))


def struck_out() -> Started:
    made = disputes.dispute("us")
    counter = made.answered()
    answer_notice.show_suit(ref=counter.ref, form=suit(), actor=made.vera, at=LATER + DAY)
    answer_notice.judge(ref=counter.ref, event="strike_out", text="No suit.", actor=made.rita, at=LATER + 2 * DAY)
    return both_told(made, f"counter:{counter.ref}")


def suit_taken() -> tuple[disputes.Dispute, str]:
    made = disputes.dispute("us")
    counter = made.answered()
    answer_notice.show_suit(ref=counter.ref, form=suit(), actor=made.vera, at=LATER + DAY)
    answer_notice.judge(ref=counter.ref, event="take", actor=made.rita, at=LATER + 2 * DAY)
    return made, f"suit:{Suit.objects.get().ref}"


def suit_status() -> Started:
    return both_told(*suit_taken())


def suit_told() -> Started:
    made, subject = suit_taken()
    ref = Suit.objects.get().counter.ref
    answer_notice.tell_of_suit(ref=ref, event="tell", text="It is heard.", actor=made.vera, at=LATER + 9 * DAY)
    return both_told(made, subject)


def suit_silence() -> Started:
    made, subject = suit_taken()
    lapse_due(LATER + 400 * DAY)
    both = [(made.vera.organisation, "counter_suit_asked"), (made.sam.organisation, "counter_goes_on")]
    return Started(subject, both)


def decide_appeal() -> Started:
    world = built()
    filed = appeals.file(decision_ref=world.restrict().ref, form=appeal_form(), actor=world.sam, at=LATER)
    return Started(f"appeal:{filed.ref}", [(world.sam.organisation, "appeal_received")])


def warned() -> tuple[disputes.Dispute, str]:
    made = disputes.dispute()
    faith.marked(made, 3)
    return made, faith.taken(made, "warn", LATER + DAY).ref


def measure_appealed() -> Started:
    made, ref = warned()
    tiers.contest(ref=ref, grounds="They were fakes.", actor=made.vera, at=LATER + 2 * DAY)
    return Started(f"measure:{ref}", [(made.vera.organisation, "tier_measure")])


def tier(kind: str) -> Callable[[], Started]:
    def start() -> Started:
        made, _ = warned()
        if kind == "suspend":
            faith.marked(made, 3, at=LATER + 2 * DAY)
            faith.taken(made, "suspend", LATER + 3 * DAY)
        subject = f"tier:{made.vera.organisation}-{Side.NOTIFIER}"
        return Started(subject, [(made.vera.organisation, "tier_measure")])

    return start


def dispute_before_a_body(event: str = "") -> Callable[[], Started]:
    def start() -> Started:
        world = built()
        filed = appeals.file(decision_ref=world.restrict().ref, form=appeal_form(), actor=world.sam, at=LATER)
        decided = resolve(ref=filed.ref, event="uphold", text="It is the mark.", actor=world.ravi, at=LATER)
        form = bodies.DisputeForm(body="adroit", number="2026/41", received_on=LATER.date(), request_key=uuid4())
        ref = bodies.tell(appeal_ref=decided.ref, form=form, actor=world.sam, at=LATER).ref
        if event == "extend":
            bodies.extend(ref=ref, actor=world.rita, at=LATER + DAY)
        return Started(f"dispute:{ref}", [(world.sam.organisation, "dispute_news")])

    return start


def answer_order() -> Started:
    catalog.marketplace("bazaar", regime="eu")
    rita, _ = orders.reviewers()
    order = orders.verified(rita)
    return Started(f"order:{order.ref}", [(rita.organisation, "desk_called")], mails=[order.contact])


def act_on_dangerous_goods() -> Started:
    catalog.marketplace("bazaar", regime="eu")
    rita, _ = orders.reviewers()
    order = orders.received(rita, product=Product.DANGEROUS).order
    return Started(f"order:{order.ref}", [(rita.organisation, "desk_called")])


def tell_police() -> Started:
    world = built()
    officer = accounts.actor(Role.POLICY_OWNER)
    suspicion = safety.suspicion(world.listing, by=world.rita, at=LATER)
    (letter,) = Letter.objects.filter(kind="desk_called")
    assert letter.person_id == officer.user_id  # nobody else knows of it
    return Started(f"suspicion:{suspicion.ref}", [(officer.organisation, "desk_called")])


def buyers_informed() -> Started:
    world = built()
    Listing.objects.update(sold_count=12, category="Baby > Toys")
    world.restrict()
    assert inform_buyers.keep_up(at=LATER) == 1
    duty = Duty.objects.get()
    return Started(f"buyers:{duty.decision.ref}", mails=["bazaar"])


def trader(status: str) -> Callable[[], Started]:
    def start() -> Started:
        shop = accounts.organisation("seller", name="Blue Crate")
        accounts.actor(Role.SELLER, of=shop)
        details = traders.ask(organisation=shop, duty=in_force(AT.date())[0], at=AT)
        if status == "warned":
            traders.pass_time(details=details, at=AT + 30 * DAY)
        return Started("", [(shop.pk, "trader_details")], due_at=details.due_at)

    return start


#: By clock: every way in which it starts, or starts anew.
STARTS: dict[str, list[Callable[[], Started]]] = {
    "act_on_notice": [act, act_once_alone, act_on_what_is_back],
    "listing_gone": [listing_is_gone],
    "complete_notice": [complete_notice],
    "confirm_email": [confirm_email],
    "authentication": [authentication],
    "counter_window": [answering],
    "counter_again": [answering],
    "complete_counter": [complete_counter],
    "forward_counter": [forward_counter],
    "holder_answer": [answered("platform"), sent_on_by_a_reviewer],
    "decide_counter": [decide_counter],
    "restore_earliest": [answered("us"), struck_out],
    "restore_latest": [answered("us"), struck_out],
    "suit_window": [answered("cn"), delayed, delay_is_over],
    "suit_status": [suit_status, suit_told],
    "suit_silence": [suit_silence],
    "decide_appeal": [decide_appeal, measure_appealed],
    "warning": [tier("warn")],
    "suspension": [tier("suspend")],
    "dispute": [dispute_before_a_body(), dispute_before_a_body("extend")],
    "answer_order": [answer_order],
    "safety_order": [act_on_dangerous_goods],
    "tell_police": [tell_police],
    "inform_buyers": [buyers_informed],
    "trader_details": [trader("asked")],
    "trader_answer": [trader("warned")],
}
#: Clocks that run and have no letter of their own, and why.
NO_LETTER = {
    "draft": "whoever saves a draft has the page before them that says until when it is kept",
    "trader_verified": "it waits for an operator, whose list shows it; the trader waits for nothing",
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
    "second_approval": "proposals stand in a queue of their own",
    "publish": "done at once",
    "end_measures": "done at once, by the clock of the suit window",
    "grievance": "no door for grievances of consumers here",
    "consumer_acknowledge": "no door for complaints of consumers here",
    "consumer_redress": "no door for complaints of consumers here",
    "hold": "India's, whose days the pages show and no clock acts on",
    "sender_consent": "Japan's older route, which nothing here takes",
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
