"""Warning, suspending, lifting; appealing that; marking what was manifestly unfounded."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from touchmark.apps.accounts.models import Organisation
from touchmark.apps.audit import actions as audit
from touchmark.apps.audit.refs import new_ref
from touchmark.apps.counters.models import CounterNotice
from touchmark.apps.deadlines import actions as clocks_that_run
from touchmark.apps.deadlines import queries as deadlines
from touchmark.apps.deadlines.actions import Start
from touchmark.apps.inbox import actions as inbox
from touchmark.apps.notices.models import NoticeItem
from touchmark.apps.tiers import queries
from touchmark.apps.tiers.models import Mark, Measure, Tier
from touchmark.apps.tiers.record import record, stream_of
from touchmark.engine.errors import TouchmarkError
from touchmark.engine.lifecycle.table import NotYours
from touchmark.engine.lifecycle.tier import TIER, TierStatus
from touchmark.engine.penalties import tiers
from touchmark.engine.penalties.tiers import Proposal, Side
from touchmark.engine.policy import clocks
from touchmark.engine.policy.load import BASE, regimes
from touchmark.engine.policy.rules import Place
from touchmark.engine.terms import Actor


class Suspended(TouchmarkError):
    """Whoever files is suspended; the measure says why and until when, and can be appealed."""


class Throttled(TouchmarkError):
    """Somebody who is watched or warned reports no more listings today."""


class NothingProposed(TouchmarkError):
    """The rule proposes nothing of the kind: without it nobody is warned or suspended."""


class NothingToContest(TouchmarkError):
    """The measure was appealed already, is over, or can be appealed no more."""


class WhyMissing(TouchmarkError):
    """Nobody says why."""


class OwnMeasure(NotYours):
    """Whoever took a measure does not answer the appeal against it."""


def require_may_file(organisation: int, *, reason: str, listings: int, at: datetime, for_another: bool = False) -> str:
    """
    Pass if a notifier may report so many more listings now, and give the lane in which a notice of that reason is.

    :param for_another: whether it is asked for an agent, who files in its name: then it is said of whom this holds
    :raises Suspended: if it is suspended
    :raises Throttled: if it is watched or warned, and has reported as many as it may in a day
    """
    row = queries.tier_of(organisation, Side.NOTIFIER)
    if measure := queries.suspension_by(row):
        raise Suspended(_another_suspended(measure) if for_another else _suspended(measure))
    standing = queries.standing_from(row, organisation, Side.NOTIFIER, at=at)
    status = standing.left if standing.left == TierStatus.WATCHED else str(standing.status)
    rule = tiers.rule_of(Side.NOTIFIER, on=at.date())
    most = {TierStatus.WATCHED: rule.watched_a_day, TierStatus.WARNED: rule.warned_a_day}.get(TierStatus(status), 0)
    if most and queries.filed_lately(organisation, at=at) + listings > most:
        raise Throttled(_throttled(organisation if for_another else None, status, most))
    return standing.lane_for(reason)


def require_may_answer(organisation: int) -> None:
    """
    Pass if a seller may answer under platform policy; what a statute gives is never asked for here.

    :raises Suspended: if it is suspended
    """
    if measure := queries.is_suspended(organisation, Side.COUNTER_NOTIFIER):
        raise Suspended(_suspended(measure))


def _suspended(measure: Measure) -> str:
    said = _("You are suspended until %(day)s (%(ref)s): %(why)s You can appeal this.")
    return said % {"day": _day_of(measure), "ref": measure.ref, "why": measure.why}


def _another_suspended(measure: Measure) -> str:
    """Say to an agent of whom it holds and until when; why is told to that one alone."""
    said = _(
        "%(name)s, in whose name you file, is suspended until %(day)s: until then nothing is filed under its rights. It"
        " can appeal this. What you file for yourself and for others goes on."
    )
    return said % {"name": measure.tier.organisation.name, "day": _day_of(measure)}


def _day_of(measure: Measure) -> str:
    return date_format(localtime(measure.until)) if measure.until else ""


def _throttled(another: int | None, status: str, most: int) -> str:
    lane = _(_LANES[TierStatus(status)])
    if another is None:
        said = _(
            "Your notices are %(lane)s: %(most)d listings can be reported within 24 hours. Name fewer, or go on"
            " tomorrow."
        )
        return said % {"lane": lane, "most": most}
    said = _(
        "The notices of %(name)s, in whose name you file, are %(lane)s: %(most)d listings can be reported under its"
        " rights within 24 hours. Name fewer, or go on tomorrow."
    )
    return said % {"name": Organisation.objects.get(pk=another).name, "lane": lane, "most": most}


#: How the lanes are called in which somebody reports less.
_LANES = {TierStatus.WATCHED: gettext_noop("watched"), TierStatus.WARNED: gettext_noop("warned")}


@transaction.atomic
def take(*, organisation: Organisation, side: Side, kind: str, why: str, actor: Actor, at: datetime) -> Measure:
    """
    Warn or suspend, as the rule proposes, with the numbers; nobody is suspended who was not warned before.

    :param kind: ``warn`` or ``suspend``
    :raises WhyMissing: if nobody says why
    :raises NothingProposed: if the rule proposes nothing of the kind
    :raises IllegalMove: if it cannot follow where the tier stands
    :raises NotYours: if the actor may not
    """
    if not why.strip():
        raise WhyMissing("Say why, with what you weighed: number, proportion, gravity, intention. It is read.")
    tier = _held(organisation, side, at)
    standing = queries.standing_of(organisation.pk, side, at=at)
    event = "warn_again" if kind == "warn" and tier.status == TierStatus.WARNED else kind
    move = TIER.step(TierStatus(tier.status), event, roles=actor.roles)
    if standing.made.proposal != Proposal(kind):
        raise NothingProposed("The rule in force proposes nothing of the kind of this record.")
    record(tier, move.event, actor=actor, at=at, payload={"rule": standing.made.rule})
    rule = regimes()[BASE].clock("appeal_window", on=at.date())
    measure = Measure.objects.create(
        ref=new_ref("W", at),
        tier=tier,
        kind=kind,
        why=why.strip(),
        numbers=queries.as_json(standing.made.numbers) | {"rule": standing.made.rule},
        taken_by_id=actor.person,
        taken_at=at,
        until=_until(tier, at),
        appeal_by=clocks.due(rule, start=at),
    )
    _tell(measure, "warned" if kind == "warn" else "suspended", at=at)
    return measure


def _held(organisation: Organisation, side: Side, at: datetime) -> Tier:
    found = Tier.objects.select_for_update().filter(organisation=organisation, side=side).first()
    if found is None:
        found = record(Tier(organisation=organisation, side=side), "begin", actor=Actor.system(), at=at)
    return found


def _until(tier: Tier, at: datetime) -> datetime:
    running = deadlines.running_of_each([stream_of(tier)])[stream_of(tier)]
    return next((one.due_at for one in running if one.due_at), at)


@transaction.atomic
def contest(*, ref: str, grounds: str, actor: Actor, at: datetime) -> Measure:
    """
    Appeal a warning or a suspension, once, in time.

    :raises NoSuchMeasure: if there is none against the actor's organisation
    :raises WhyMissing: if nothing is said against it
    :raises NothingToContest: if it was appealed, is lifted, or its time is over
    """
    measure = measure_of(actor, ref)
    if not grounds.strip():
        raise WhyMissing("Say what is wrong with it, so that somebody else can look at it again.")
    if measure.appealed_at is not None or measure.lifted or at > measure.appeal_by:
        raise NothingToContest("This was appealed already, is lifted, or can be appealed no more.")
    measure.grounds, measure.appealed_by_id, measure.appealed_at = grounds.strip(), actor.person, at
    measure.save(update_fields=["grounds", "appealed_by", "appealed_at"])
    audit.append(stream=stream_of_measure(measure), kind="appeal", actor=actor, at=at, payload={})
    rule = regimes()[BASE].clock("decide_appeal", on=at.date())
    clocks_that_run.start([Start(stream_of_measure(measure), rule, BASE, Place("weekdays", rule.zone))], at=at)
    _tell(measure, "appealed", at=at)
    return measure


def stream_of_measure(measure: Measure) -> str:
    """Give the name of a measure's stream in the record, by which the clock of an appeal against it goes too."""
    return f"measure:{measure.ref}"


class NoSuchMeasure(TouchmarkError):
    """There is no such measure, or none against this actor's organisation; which of the two is not said."""


def measure_of(actor: Actor, ref: str) -> Measure:
    """
    Give a measure against the actor's own organisation, and take its row.

    :raises NoSuchMeasure: if there is none
    """
    own = Measure.objects.filter(ref=ref, tier__organisation=actor.organisation_id)
    measure = own.select_for_update(of=("self",)).select_related("tier__organisation").first()
    if measure is None:
        raise NoSuchMeasure(f"There is no measure {ref} against you.")
    return measure


@transaction.atomic
def answer(*, ref: str, lift: bool, text: str, actor: Actor, at: datetime) -> Measure:
    """
    Answer the appeal against a measure: it stands, or is lifted.

    :raises OwnMeasure: if the actor took it
    :raises WhyMissing: if nobody says why
    :raises NothingToContest: if no appeal waits
    """
    found = Measure.objects.select_for_update(of=("self",)).select_related("tier__organisation").filter(ref=ref)
    measure = found.first()
    if measure is None or measure.appealed_at is None or measure.answered_at is not None:
        raise NothingToContest("No appeal against this waits for an answer.")
    if measure.taken_by_id == actor.user_id:
        raise OwnMeasure("You took this measure. Somebody else must answer the appeal against it.")
    if not text.strip():
        raise WhyMissing("Say why: the appellant reads this answer.")
    measure.answer, measure.answered_by_id, measure.answered_at = text.strip(), actor.person, at
    measure.lifted = lift
    measure.save(update_fields=["answer", "answered_by", "answered_at", "lifted"])
    kind = "lift" if lift else "uphold"
    audit.append(stream=stream_of_measure(measure), kind=kind, actor=actor, at=at, payload={})
    clocks_that_run.stop([stream_of_measure(measure)], at=at)
    if lift and TierStatus(measure.tier.status) in queries.BY_PEOPLE:
        move = TIER.step(TierStatus(measure.tier.status), "lift", roles=actor.roles)
        record(measure.tier, move.event, actor=actor, at=at)
    _tell(measure, "lifted" if lift else "stands", at=at)
    return measure


@transaction.atomic
def mark(
    *,
    intended: bool,
    why: str,
    actor: Actor,
    at: datetime,
    item: NoticeItem | None = None,
    counter: CounterNotice | None = None,
) -> Mark:
    """
    Note that a notice on a listing, or an answer, was manifestly unfounded, or wrong on purpose.

    The caller has got it through ``access``; it was refused, overturned or rejected.

    :raises WhyMissing: if nobody says why
    """
    if not why.strip():
        raise WhyMissing("Say what makes it manifest: it counts in somebody's record.")
    found, _ = Mark.objects.update_or_create(
        item=item,
        counter=counter,
        defaults={"intended": intended, "why": why.strip(), "by_id": actor.person, "at": at},
    )
    about = f"notice:{item.ref}" if item else f"counter:{counter.ref}" if counter else ""
    said: dict[str, Any] = {"about": about, "intended": intended}
    audit.append(stream=f"mark:{found.pk}", kind="mark", actor=actor, at=at, payload=said)
    return found


@transaction.atomic
def run_out(*, tier: Tier, event: str, at: datetime) -> Tier:
    """Let a warning or a suspension end by its clock. The caller holds the deadline."""
    record(tier, event, actor=Actor.clock(), at=at)
    measure = Measure.objects.filter(tier=tier).first()
    if measure is not None:
        _tell(measure, "over", at=at)
    return tier


def of_stream(subject: str) -> Tier:
    """Give the tier, and take its row, whose stream in the record has this name."""
    organisation, _, side = subject.partition(":")[2].partition("-")
    found = Tier.objects.select_for_update(of=("self",)).select_related("organisation")
    return found.get(organisation=int(organisation), side=side)


def _tell(measure: Measure, what: str, *, at: datetime) -> None:
    """Tell the organisation what was done, with the numbers, until when, and how to appeal."""
    content: dict[str, Any] = {
        "measure": measure.ref,
        "what": what,
        "side": measure.tier.side,
        "why": measure.answer if what in ("lifted", "stands") else measure.why,
        "numbers": measure.numbers,
        "until": measure.until.isoformat(),
        "appeal_by": measure.appeal_by.isoformat(),
        "decided_by": _decided_by(measure),
    }
    inbox.deliver(
        organisation=measure.tier.organisation, kind="tier_measure", about=measure.ref, content=content, at=at
    )


def _decided_by(measure: Measure) -> str:
    """Give by when an appeal against a measure is to be answered, as letters hold it; nothing where none waits."""
    subject = stream_of_measure(measure)
    running = deadlines.running_of_each([subject])[subject]
    return next((one.due_at.isoformat() for one in running if one.due_at), "")
