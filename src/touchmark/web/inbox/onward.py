"""Where a letter leads: what its reader can do about it, as buttons."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from touchmark.apps.appeals import access as appeals
from touchmark.apps.counters import access as counters
from touchmark.apps.decisions import access as decisions
from touchmark.apps.decisions.access import NoSuchDecision
from touchmark.apps.disputes import access as disputes
from touchmark.apps.examinations import access as examinations
from touchmark.apps.hooks import access as hooks
from touchmark.apps.mandates import access as mandates
from touchmark.apps.notices import access as notices
from touchmark.apps.orders import access as orders
from touchmark.apps.registry import access as rights
from touchmark.apps.rules import access as rules
from touchmark.apps.safety import access as safety
from touchmark.engine.lifecycle.filing import FilingStatus
from touchmark.engine.terms import Actor, Role
from touchmark.web.seller.standing import Standing, standing_of
from touchmark.web.ui import dates

if TYPE_CHECKING:
    from touchmark.apps.inbox.models import Letter


@dataclass(frozen=True, slots=True)
class Onward:
    """One button under a letter; ``first``: the one that most readers want."""

    label: str
    address: str
    first: bool = False


def onward(letter: "Letter", actor: Actor, at: datetime) -> list[Onward]:
    """Give the buttons of a letter; none, where the reader's role cannot follow it up."""
    leads = LEADS.get(letter.kind)
    return leads(letter, actor, at) if leads else []


def _to_appeal(letter: "Letter", actor: Actor, at: datetime) -> list[Onward]:
    """From a statement of reasons: appeal, while that is possible, or see how it stands."""
    ref = letter.content["decision"]
    try:
        decision = decisions.decision_for(actor, ref)
    except NoSuchDecision:
        return []
    appeal = appeals.appeals_for(actor).filter(decision=decision).first()
    see = Onward(_("See the decision and the listing"), reverse("seller_decision", args=[ref]))
    if standing_of(decision, appeal, at) != Standing.OPEN:
        return [see]
    by = dates.moment(decision.statement.appeal_by)
    return [Onward(_("Appeal by %(date)s") % {"date": by}, reverse("seller_appeal", args=[ref]), first=True), see]


def _to_decision(letter: "Letter", actor: Actor, at: datetime) -> list[Onward]:
    if actor.has(Role.HOLDER, Role.AGENT):
        return _to_contested(letter, actor)
    ref = letter.content["decision"]
    if not decisions.decisions_for(actor).filter(ref=ref).exists():
        return []
    return [Onward(_("See the decision and the listing"), reverse("seller_decision", args=[ref]))]


def _to_contested(letter: "Letter", actor: Actor) -> list[Onward]:
    """From a letter about an appeal against a refusal: to the notice."""
    appeal = appeals.appeals_for(actor).filter(ref=letter.about).first()
    if appeal is None or appeal.item is None:
        return []
    return [Onward(_("See your notice"), reverse("holder_notice", args=[appeal.item.ref]))]


def _to_notice(letter: "Letter", actor: Actor, at: datetime) -> list[Onward]:
    ref = letter.content["notice"]
    if not (notices.items_for(actor).filter(ref=ref).exists() or notices.notices_for(actor).filter(ref=ref).exists()):
        return []
    return [Onward(_("See your notice"), reverse("holder_notice", args=[ref]))]


def _to_completion(letter: "Letter", actor: Actor, at: datetime) -> list[Onward]:
    ref = letter.content["notice"]
    if not notices.notices_for(actor).filter(ref=ref, status=FilingStatus.INCOMPLETE).exists():
        return _to_notice(letter, actor, at)
    return [Onward(_("Complete the notice"), reverse("holder_notice_complete", args=[ref]), first=True)]


def _to_right(letter: "Letter", actor: Actor, at: datetime) -> list[Onward]:
    if not rights.rights_for(actor).filter(ref=letter.about).exists():
        return []
    declined = letter.kind == "right_declined"
    label = _("Correct it") if declined else _("See your right")
    return [Onward(label, reverse("holder_right", args=[letter.about]), first=declined)]


def _to_rule(letter: "Letter", actor: Actor, at: datetime) -> list[Onward]:
    name, number = letter.content["rule"], letter.content["version"]
    if not rules.versions_for(actor).filter(name=name, number=number).exists():
        return []
    return [Onward(_("See the rule"), reverse("policy_rule", args=[name, number]), first=True)]


def _to_proofs(letter: "Letter", actor: Actor, at: datetime) -> list[Onward]:
    if not actor.has(Role.SELLER):
        return []
    return [Onward(_("Your proofs of origin"), reverse("seller_proofs"), first=True)]


def _to_trader(letter: "Letter", actor: Actor, at: datetime) -> list[Onward]:
    if not actor.has(Role.SELLER):
        return []
    return [Onward(_("Your trader details"), reverse("seller_trader"), first=True)]


def _to_standing(letter: "Letter", actor: Actor, at: datetime) -> list[Onward]:
    if not actor.has(Role.SELLER):
        return []
    return [Onward(_("See your standing"), reverse("seller_standing"), first=True)]


def _to_thread(letter: "Letter", actor: Actor, at: datetime) -> list[Onward]:
    """To what was written about a decision, on the page of whichever side reads."""
    ref = letter.content["decision"]
    if not decisions.decisions_for(actor).filter(ref=ref).exists():
        return []
    route = "seller_messages" if actor.has(Role.SELLER) else "desk_messages"
    return [Onward(_("Read it all, and answer"), reverse(route, args=[ref]), first=True)]


def _to_answer(letter: "Letter", actor: Actor, at: datetime) -> list[Onward]:
    """To an answer to a notice, on the page of whichever side reads."""
    ref = letter.content["counter"]
    if not counters.counters_for(actor).filter(ref=ref).exists():
        return []
    route = "seller_answer" if actor.has(Role.SELLER) else "holder_answer"
    return [Onward(_("See the answer"), reverse(route, args=[ref]), first=True)]


def _to_record(letter: "Letter", actor: Actor, at: datetime) -> list[Onward]:
    if not actor.has(Role.HOLDER, Role.AGENT, Role.SELLER):
        return []
    return [Onward(_("Your record"), reverse("own_record"), first=True)]


def _to_examination(letter: "Letter", actor: Actor, at: datetime) -> list[Onward]:
    ref = letter.content["examination"]
    if not examinations.examinations_for(actor).filter(ref=ref).exists():
        return []
    return [Onward(_("Say what they are"), reverse("holder_examination", args=[ref]), first=True)]


def _to_mandate(letter: "Letter", actor: Actor, at: datetime) -> list[Onward]:
    if not mandates.mandates_for(actor).filter(ref=letter.about).exists():
        return []
    return [Onward(_("See the mandate"), reverse("mandate", args=[letter.about]), first=True)]


def _to_webhook(letter: "Letter", actor: Actor, at: datetime) -> list[Onward]:
    if not hooks.may_agree(actor):
        return []
    return [Onward(_("See the webhook"), reverse("webhook"), first=True)]


def _to_desk(letter: "Letter", actor: Actor, at: datetime) -> list[Onward]:
    if not actor.has(Role.REVIEWER, Role.POLICY_OWNER):
        return []
    return [Onward(_("See how the desk stands"), reverse("desk_home"), first=True)]


def _to_matter(letter: "Letter", actor: Actor, at: datetime) -> list[Onward]:
    """To what the desk was called to, for those who may see it."""
    ref = letter.content["ref"]
    if orders.orders_for(actor).filter(ref=ref).exists():
        return [Onward(_("See the order"), reverse("order", args=[ref]), first=True)]
    if safety.suspicions_for(actor).filter(ref=ref).exists():
        return [Onward(_("See the suspicion"), reverse("suspicion", args=[ref]), first=True)]
    return []


def _to_dispute(letter: "Letter", actor: Actor, at: datetime) -> list[Onward]:
    ref = letter.content["dispute"]
    if not disputes.disputes_for(actor).filter(ref=ref).exists():
        return []
    return [Onward(_("See the dispute"), reverse("dispute", args=[ref]), first=True)]


LEADS: dict[str, Callable[["Letter", Actor, datetime], list[Onward]]] = {
    "statement_of_reasons": _to_appeal,
    "appeal_received": _to_decision,
    "appeal_refused": _to_decision,
    "decision_reversed": _to_decision,
    "decision_narrowed": _to_decision,
    "decision_taken_back": _to_decision,
    "restriction_ended": _to_decision,
    "order_lifted": _to_decision,
    "trader_details": _to_trader,
    "standing_warning": _to_standing,
    "proof_answered": _to_proofs,
    "message_from_seller": _to_thread,
    "message_from_desk": _to_thread,
    "listing_corrected": _to_decision,
    "listing_released": _to_decision,
    "correction_lapsed": _to_decision,
    "rule_stopped": _to_rule,
    "tier_measure": _to_record,
    "goods_to_examine": _to_examination,
    "mandate": _to_mandate,
    "webhook_stopped": _to_webhook,
    "desk_due": _to_desk,
    "desk_called": _to_matter,
    "dispute_news": _to_dispute,
    "counter_received": _to_answer,
    "counter_incomplete": _to_answer,
    "counter_forwarded": _to_answer,
    "counter_suit": _to_answer,
    "counter_suit_asked": _to_answer,
    "counter_settled": _to_answer,
    "counter_ruling": _to_answer,
    "counter_goes_on": _to_answer,
    "notice_taken_back": _to_decision,
    "notice_received": _to_notice,
    "notice_outcome": _to_notice,
    "notice_incomplete": _to_completion,
    "notice_lapsed": _to_notice,
    "notice_gone": _to_notice,
    "notice_goes_on": _to_notice,
    "notice_stopped": _to_notice,
    "right_verified": _to_right,
    "right_declined": _to_right,
}
