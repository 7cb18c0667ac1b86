"""
Notices of people without an account: filed by a form, counted once the address is confirmed, followed at an address
that nobody can guess.

The addresses are made from the notice's reference by a key of this installation: nothing of them is kept.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from touchmark.apps.accounts.models import Organisation
from touchmark.apps.accounts.places import keyed
from touchmark.apps.audit.refs import new_ref
from touchmark.apps.deadlines import actions as deadlines
from touchmark.apps.deadlines import queries as clocks_that_run
from touchmark.apps.notices import actions, law, letters, queries
from touchmark.apps.notices.access import NoSuchNotice
from touchmark.apps.notices.actions import NoticeForm, Reported
from touchmark.apps.notices.addresses import confirmation_of, is_secret_of
from touchmark.apps.notices.limits import TooManyNotices
from touchmark.apps.notices.models import Guest, Notice
from touchmark.apps.notices.reasons import require_fit
from touchmark.apps.notices.record import record_filing, record_many, record_new, start_clock, stream_of_notice
from touchmark.apps.outbox import actions as outbox
from touchmark.apps.registry.models import Right
from touchmark.engine.lifecycle.filing import FILING, FilingStatus
from touchmark.engine.lifecycle.notice_item import ItemStatus
from touchmark.engine.terms import Actor, Role

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
#: So many notices come at most from one place in an hour, and for one address in a day until one is confirmed.
FROM_A_PLACE = 10
FOR_AN_ADDRESS = 5


@dataclass(frozen=True, slots=True)
class Who:
    """Who sends a notice without an account; ``sent_from`` is where from, as the network says; kept keyed."""

    name: str
    email: str
    language: str
    sent_from: str


def actor_of(notice: Notice) -> Actor:
    """Give the guest of a notice as an actor, who sees and does what concerns that notice alone."""
    return Actor(user_id=None, organisation_id=notice.holder_id, roles=frozenset({Role.GUEST}))


def followed(ref: str, secret: str, purpose: str = "follow") -> Notice:
    """
    Give the notice that an address names.

    :raises NoSuchNotice: if it names none; whether the reference or the secret is wrong is not said
    """
    known = is_secret_of(ref, purpose, secret)
    notice = Notice.objects.select_related("right", "holder", "guest").filter(ref=ref, guest__isnull=False).first()
    if not known or notice is None:
        raise NoSuchNotice(_("This address leads to no notice. Copy the whole of it out of our letter."))
    return notice


def require_room(who: Who, *, at: datetime) -> None:
    """
    Pass if somebody may send another notice now.

    :raises TooManyNotices: otherwise
    """
    place = Guest.objects.filter(sent_from=_keyed(who.sent_from), notice__filed_at__gt=at - HOUR).count()
    waiting = Guest.objects.filter(email__iexact=who.email, confirmed_at=None, notice__filed_at__gt=at - DAY).count()
    if place >= FROM_A_PLACE or waiting >= FOR_AN_ADDRESS:
        raise TooManyNotices(
            _("Several notices were sent from here. Confirm those by the links in our letters, or wait a while.")
        )


def _keyed(place: str) -> str:
    return keyed(place, purpose="notices.guests")


@transaction.atomic
def file(
    *, right: Right, holder: Organisation, listings: Sequence[Reported], form: NoticeForm, who: Who, at: datetime
) -> Notice:
    """
    Keep a guest's notice until the address is confirmed, and send there how to. The caller holds the listings' rows.

    :raises StatementMissing: if the statement or the declaration is missing
    :raises NotAReason: if the reason is none for this kind of right
    """
    actions.require_said(form)
    require_fit(form.reason, right.kind)
    notice = Notice(
        ref=new_ref("N", at),
        holder=holder,
        right=right,
        reason=form.reason,
        statement=form.statement.strip(),
        good_faith=form.good_faith,
        particulars=dict(form.particulars),
        shared=list(form.shared),
        request_key=form.request_key,
        filed_at=at,
    )
    actor = actor_of(notice)
    move = FILING.step(FilingStatus.NEW, "file_as_guest", roles=actor.roles)
    record_filing(notice, move.event, actor=actor, at=at, payload={"listings": len(listings)})
    sent_from = _keyed(who.sent_from)
    Guest.objects.create(notice=notice, name=who.name, email=who.email, language=who.language, sent_from=sent_from)
    record_new(actions.items_from(notice, listings), "name", actor=actor, at=at)
    first = listings[0]
    start_clock(notice, first.law.regime, first.listing.marketplace.place, "confirm_email", at=at)
    outbox.put(kind="email", to=who.email, payload=_asking(notice, who), at=at)
    return notice


def _asking(notice: Notice, who: Who) -> dict[str, str]:
    with translation.override(who.language), timezone.override(UTC):
        said = {"notice": notice, "name": who.name, "link": confirmation_of(notice), "by": _until(notice)}
        text = render_to_string("notices/mail/confirm.txt", said)
    subject, _newline, body = text.partition("\n")
    return {"to": who.email, "subject": subject.strip(), "body": body.strip() + "\n"}


def _until(notice: Notice) -> str:
    """Give until when an address can be confirmed, as letters hold it."""
    running = clocks_that_run.running_of_each([stream_of_notice(notice)])[stream_of_notice(notice)]
    return next((one.due_at.isoformat() for one in running if one.due_at), "")


@transaction.atomic
def confirm(*, ref: str, secret: str, at: datetime) -> Notice:
    """
    Confirm the address of a guest: the notice counts, and its clocks begin; incomplete, it waits. Followed twice, the
    link gives the notice that stands.

    :raises NoSuchNotice: if the address names none
    :raises IllegalMove: if it has lapsed or was taken back
    """
    seen = followed(ref, secret, "confirm")
    clocks_that_run.hold([stream_of_notice(seen)])  # first, as the clock does
    actions.take_listings(queries.items_of(seen))
    notice = Notice.objects.select_for_update(of=("self",)).select_related("right", "holder").get(pk=seen.pk)
    if seen.guest.confirmed_at is not None and notice.status != FilingStatus.UNCONFIRMED:
        return notice
    actor, items = actor_of(notice), list(queries.items_of(notice).filter(status=ItemStatus.WAITING))
    lacking = law.missing_from(notice, law.Asked.about(items), agent=False)
    event = "confirm_incomplete" if lacking else "confirm"
    move = FILING.step(FilingStatus(notice.status), event, roles=actor.roles)
    Guest.objects.filter(notice=notice).update(confirmed_at=at)
    record_filing(notice, move.event, actor=actor, at=at)
    deadlines.stop([stream_of_notice(notice)], at=at)
    if lacking:
        start_clock(notice, items[0].regime, items[0].listing.marketplace.place, "complete_notice", at=at)
        letters.ask_to_complete(notice, items, lacking, at=at)
    else:
        record_many(items, "begin", actor=actor, at=at)
        letters.acknowledge(notice, items, at=at)
    return notice


@transaction.atomic
def lapse(notice: Notice, *, at: datetime) -> None:
    """
    Let a notice lapse whose address nobody confirmed, and forget what it said and who sent it: perhaps they did not.

    The caller holds the deadline. Nobody is told: the address may be a stranger's.
    """
    actions.take_listings(queries.items_of(notice))
    clock = Actor.clock()
    record_many(list(queries.items_of(notice).filter(status=ItemStatus.WAITING)), "lapse", actor=clock, at=at)
    notice.statement, notice.particulars, notice.shared = "", {}, []
    record_filing(notice, "lapse", actor=clock, at=at)
    notice.evidence.all().delete()
    Guest.objects.filter(notice=notice).update(name="", email="", sent_from="")
