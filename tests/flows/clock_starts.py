"""Every way in which a clock starts, or starts anew, and who is to be told of it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from tests.factories import accounts, catalog, disputes, orders, registry, safety
from tests.factories.accounts import AT
from tests.factories.disputes import LATER
from tests.flows import test_complete_notice as incomplete
from tests.flows import test_good_faith as faith
from tests.flows import test_join_notices as joined
from tests.flows.answer_notice.said import suit
from tests.flows.answer_notice.test_after_the_suit import returned, ruling
from tests.flows.world import World, appeal_form, built
from touchmark.apps.accounts.models import Organisation
from touchmark.apps.appeals import actions as appeals
from touchmark.apps.buyers.models import Duty
from touchmark.apps.catalog.kinds import Gone
from touchmark.apps.catalog.models import Listing
from touchmark.apps.catalog.naming import named
from touchmark.apps.counters.actions import GivenFile
from touchmark.apps.counters.kinds import FileKind, Said
from touchmark.apps.counters.models import Suit
from touchmark.apps.disputes import actions as bodies
from touchmark.apps.inbox.models import Letter
from touchmark.apps.notices import actions as notices
from touchmark.apps.notices.actions import NoticeForm
from touchmark.apps.notices.guests import Who
from touchmark.apps.notices.reasons import NoticeReason
from touchmark.apps.orders.kinds import Product
from touchmark.apps.registry.content import RightContent
from touchmark.apps.tiers import actions as tiers
from touchmark.apps.tiers.models import Tier
from touchmark.apps.tiers.record import record as record_tier
from touchmark.apps.traders import actions as traders
from touchmark.engine.penalties.tiers import Side
from touchmark.engine.policy.traders import in_force
from touchmark.engine.terms import Actor, Role
from touchmark.flows import answer_notice, ask_examiner, inform_buyers, keep_after_suit, listing_gone
from touchmark.flows.lapse import lapse_due
from touchmark.flows.report_as_guest import GuestNotice, report_as_guest
from touchmark.flows.resolve_appeal import resolve

DAY = timedelta(days=1)


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


def suit_shown() -> Started:
    made = disputes.dispute("us")
    counter = made.answered()
    answer_notice.show_suit(ref=counter.ref, form=suit(), actor=made.vera, at=LATER + DAY)
    return Started(f"suit:{Suit.objects.get().ref}", [(made.sam.organisation, "counter_suit")])


def ruling_shown() -> Started:
    made, counter, at = returned()
    keep_after_suit.show_ruling(ref=counter.ref, form=ruling(), actor=made.vera, at=at)
    return Started(f"counter:{counter.ref}", [(made.sam.organisation, "counter_ruling")])


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
    "look_at_suit": [suit_shown],
    "look_at_ruling": [ruling_shown],
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
