"""Filing, completing, forwarding, settling answers to notices, and what holders say to them."""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from touchmark.apps.accounts import queries as accounts
from touchmark.apps.audit.refs import new_ref
from touchmark.apps.counters import content, letters, windows
from touchmark.apps.counters.kinds import FileKind, Said
from touchmark.apps.counters.models import CounterFile, CounterNotice, Reply
from touchmark.apps.counters.record import record, stream_of
from touchmark.apps.counters.standing import OPEN
from touchmark.apps.deadlines import actions as deadlines
from touchmark.apps.decisions import statement
from touchmark.apps.decisions.models import Decision
from touchmark.apps.notices.models import NoticeItem
from touchmark.engine.errors import TouchmarkError
from touchmark.engine.lifecycle.counter_notice import CounterStatus, life_of
from touchmark.engine.lifecycle.notice_item import ItemStatus
from touchmark.engine.policy import particulars
from touchmark.engine.policy.clocks import ClockRefuses, Happening
from touchmark.engine.policy.load import regimes
from touchmark.engine.policy.reasons import ground
from touchmark.engine.policy.rules import Element
from touchmark.engine.terms import Actor, RightKind


class NothingToAnswer(TouchmarkError):
    """Nothing restricts the listing because of this notice any more: an answer would change nothing."""


class AlreadyAnswered(TouchmarkError):
    """An answer to this notice about this listing is under way."""


class TooLateToAnswer(TouchmarkError):
    """The time in which this notice could be answered is over."""


class NoChanceLeft(TouchmarkError):
    """Every chance that the policy gives was taken or is gone."""


class BadSignature(TouchmarkError):
    """The signature is not that of whoever the answer names."""


class InTheHoldersName(TouchmarkError):
    """An answer to a notice is given in the name of whoever filed the notice."""


class IncompleteReply(TouchmarkError):
    """What the holder says, or what a reviewer decides, lacks something; ``field`` names where."""

    def __init__(self, field: str, text: str) -> None:
        self.field = field
        super().__init__(text)


@dataclass(frozen=True, slots=True)
class GivenFile:
    """A picture that was kept, by its digest, and what it shows; of a document it is a page."""

    kind: FileKind
    sha256: str
    document: str = ""


@dataclass(frozen=True, slots=True)
class CounterForm:
    """
    What a seller answers. ``request_key`` names the form that was sent.

    ``particulars`` holds what the regime asks for besides, by its names for it.
    """

    request_key: UUID
    ground: str = ""
    explanation: str = ""
    particulars: Mapping[str, Any] = field(default_factory=dict)
    files: Sequence[GivenFile] = ()


@transaction.atomic
def file(*, item: NoticeItem, decision: Decision, form: CounterForm, actor: Actor, at: datetime) -> CounterNotice:
    """
    Record a seller's answer. One that lacks something that the law asks for waits for it: what, is told at once.

    The caller holds the listing's row, has acted on what fell due before, and says that a whole one is here once it is
    on its way.

    :raises NotYours: if the actor is no seller
    :raises NothingToAnswer: if nothing restricts the listing because of this notice any more
    :raises AlreadyAnswered: if an answer is under way
    :raises TooLateToAnswer: if the time for it is over
    :raises NoChanceLeft: if every chance is taken
    :raises NotAGround: if the ground is none for this kind of right
    :raises BadSignature: if the signature is another's than the name
    :raises InTheHoldersName: if the name is the holder's
    """
    life = life_of(statutory=windows.by_statute(item))
    life.step(CounterStatus.NEW, "file", roles=actor.roles)
    chance = require_answerable(item, at=at)
    counter = CounterNotice(
        ref=new_ref("C", at),
        item=item,
        decision=decision,
        seller_id=actor.organisation,
        filed_by=accounts.person(actor.person),
        regime=item.regime,
        statutory=windows.by_statute(item),
        chance=chance,
        request_key=form.request_key,
        filed_at=at,
    )
    _write(counter, form)
    lacking = content.missing_from(counter, {one.kind for one in form.files})
    counter.received_at = None if lacking else at
    event = "file_incomplete" if lacking else "file"
    payload = {"item": item.ref, "files": [one.sha256 for one in form.files]}
    try:
        with transaction.atomic():
            record(counter, event, actor=actor, at=at, payload=payload)
    except IntegrityError:  # of two at once, one is first
        raise AlreadyAnswered("An answer to this notice is under way already.") from None
    _keep(counter, form.files, by_holder=False, at=at)
    deadlines.stop([windows.stream_of_answering(item)], at=at, only=[windows.FIRST])
    if lacking:
        letters.received(counter, lacking, at=at)
    return counter


def require_answerable(item: NoticeItem, *, at: datetime) -> int:
    """
    Give the number of the chance that an answer now would take: a page asks before it lets somebody write.

    :raises NothingToAnswer: if the notice is not upheld, or no more
    :raises AlreadyAnswered: if an answer is under way
    :raises TooLateToAnswer: if the time for it is over
    :raises NoChanceLeft: if every chance is taken
    """
    if item.status != ItemStatus.UPHELD:
        raise NothingToAnswer("This notice restricts nothing any more: there is nothing to answer.")
    if under_way := CounterNotice.objects.filter(item=item, status__in=OPEN).first():
        raise AlreadyAnswered(f"Your answer {under_way.ref} to this notice is under way already.")
    if CounterNotice.objects.filter(item=item, status=CounterStatus.KEPT).exists():
        raise NothingToAnswer("A court has decided on this listing: no answer here changes that.")
    window, chance = windows.window_of(item), windows.next_chance(item, at)
    if window.until is not None and at > window.until:
        ended = statement.moment(window.until)
        raise TooLateToAnswer(f"This notice could be answered until {ended}. You can still appeal the decision.")
    if window.chances is not None and chance > window.chances:
        raise NoChanceLeft("Every chance to answer this notice is taken. You can still appeal the decision.")
    return chance


def still_open(items: Iterable[NoticeItem], *, at: datetime) -> list[dict[str, str]]:
    """Give what a seller is told of those of these upheld notices that it can still answer, and until when."""
    told = []
    for item in items:
        with suppress(NothingToAnswer, AlreadyAnswered, TooLateToAnswer, NoChanceLeft):
            require_answerable(item, at=at)
            told.append(windows.said_of(item, windows.window_of(item)))
    return told


def _write(counter: CounterNotice, form: CounterForm) -> None:
    """Put into an answer what was sent, over what it said before."""
    kind = RightKind(counter.item.right.kind)
    counter.ground = ground(form.ground, kind).code if form.ground else counter.ground
    counter.explanation = form.explanation.strip() or counter.explanation
    counter.particulars = {**counter.particulars, **form.particulars}
    _require_own_name(counter)


def _require_own_name(counter: CounterNotice) -> None:
    name, signature = (_plain(counter.particulars.get(key, "")) for key in ("name", "signature"))
    if name and signature and name != signature:
        said = counter.particulars
        raise BadSignature(
            f"The signature says “{said['signature']}”, but the answer is given in the name of “{said['name']}”. "
            "Whoever answers signs, with the name in full."
        )
    parties = [one for one in (counter.item.holder, counter.item.agent) if one is not None]
    held = {_plain(one.name) for one in parties}
    held |= {_plain(one.user.name) for party in parties for one in accounts.members_of(party.pk)}
    if held & {name, signature} - {""} and counter.seller_id not in {one.pk for one in parties}:
        raise InTheHoldersName(
            "This answer is given in the name of whoever filed the notice. A holder who was wrong takes it back."
        )


def _plain(name: Any) -> str:
    return " ".join(str(name).split()).casefold()


def _keep(counter: CounterNotice, files: Sequence[GivenFile], *, by_holder: bool, at: datetime) -> None:
    said = {"counter": counter, "by_holder": by_holder, "given_at": at}
    rows = [CounterFile(kind=f.kind, blob_id=f.sha256, document_id=f.document or None, **said) for f in files]
    CounterFile.objects.bulk_create(rows, ignore_conflicts=True)


@transaction.atomic
def complete(*, counter: CounterNotice, form: CounterForm, actor: Actor, at: datetime) -> tuple[Element, ...]:
    """
    Add what an answer lacked. The caller holds its row, and forwards it once nothing is lacking.

    :returns: what it still lacks
    :raises IllegalMove: if it waits for nothing
    """
    life_of(statutory=counter.statutory).step(CounterStatus(counter.status), "complete", roles=actor.roles)
    _write(counter, form)
    _keep(counter, form.files, by_holder=False, at=at)
    lacking = content.missing_from(counter, set(counter.files.values_list("kind", flat=True)))
    counter.received_at = None if lacking else at
    given = {"given": sorted(form.particulars), "files": [one.sha256 for one in form.files]}
    record(counter, "add" if lacking else "complete", actor=actor, at=at, payload=given)
    return lacking


@transaction.atomic
def ask_for_more(*, counter: CounterNotice, text: str, actor: Actor, at: datetime) -> CounterNotice:
    """
    Send an answer that was not forwarded yet back to the seller, with what is asked for. The caller holds its row.

    :raises IllegalMove: if it was forwarded already
    :raises IncompleteReply: if nobody says what is asked for
    """
    life_of(statutory=counter.statutory).step(CounterStatus(counter.status), "ask_for_more", roles=actor.roles)
    _require(text, "Say what is missing, and how to give it: the seller reads this.")
    record(counter, "ask_for_more", actor=actor, at=at)
    letters.asked(counter, text.strip(), at=at)
    return counter


@transaction.atomic
def forward(*, counter: CounterNotice, actor: Actor, at: datetime) -> CounterNotice:
    """
    Send an answer to the holder. It has arrived once it stands in the holder's inbox, and the holder's time begins.

    The caller holds its row.

    :raises IllegalMove: if it was forwarded already
    """
    move = life_of(statutory=counter.statutory).step(CounterStatus(counter.status), "forward", roles=actor.roles)
    record(counter, move.event, actor=actor, at=at)
    counter.arrived_at = at
    record(counter, "arrive", actor=Actor.system(), at=at)
    letters.forwarded(counter, at=at)
    return counter


@transaction.atomic
def reply(*, counter: CounterNotice, said: Said, text: str, actor: Actor, at: datetime) -> CounterNotice:
    """
    Record what the holder says to an answer: ``accept``, ``object``, or about a delay. The caller holds its row.

    Under a statute an objection is recorded, and changes nothing.

    :raises IllegalMove: if the answer does not wait for the holder
    :raises NotYours: if the actor is not the notifier
    :raises IncompleteReply: if an objection or a claim gives no reason
    :raises ClockRefuses: if the law counts no delay
    """
    move = life_of(statutory=counter.statutory).step(CounterStatus(counter.status), said, roles=actor.roles)
    if said in (Said.OBJECT, Said.CLAIM_DELAY):
        _require(text, "Say why: the seller or a reviewer reads it.")
    Reply.objects.create(counter=counter, said=said, text=text.strip(), by_id=actor.user_id, at=at)
    if said in (Said.CLAIM_DELAY, Said.END_DELAY):
        kind = Happening.PAUSE if said == Said.CLAIM_DELAY else Happening.RESUME
        if deadlines.happen(stream_of(counter), "suit_window", kind=kind, at=at) is None:
            raise ClockRefuses("Under this law no time for a suit stands still for a delay.")
    record(counter, move.event, actor=actor, at=at, payload={"text": text.strip()})
    if what := _news(counter, said):
        letters.goes_on(counter, what, at=at)
    return counter


def _news(counter: CounterNotice, said: Said) -> str:
    """Give what both sides are told of a reply: what sets a clock going, or moves one. Under a statute none objects."""
    if said == Said.OBJECT:
        return "" if counter.statutory else "objected"
    return {Said.CLAIM_DELAY: "delayed", Said.END_DELAY: "delay_over"}.get(said, "")


@transaction.atomic
def settle(*, counter: CounterNotice, event: str, text: str, actor: Actor, at: datetime) -> CounterNotice:
    """
    End an answer, or strike out the suit that held it; what follows for notice and decision is the flow's.

    The caller holds its row.

    :raises IllegalMove: if that cannot happen to it now
    :raises NotYours: if not at the hand of this actor
    """
    move = life_of(statutory=counter.statutory).step(CounterStatus(counter.status), event, roles=actor.roles)
    ends = move.to not in OPEN
    counter.outcome_text = text.strip() if ends else counter.outcome_text
    counter.settled_at = at if ends else None
    return record(counter, move.event, actor=actor, at=at, payload={"text": text.strip()})


@transaction.atomic
def object_as_before(*, counter: CounterNotice, at: datetime) -> bool:
    """
    Let an objection stand that a suit was shown beside, now that this was struck out; whether there was one.

    Under a statute an objection changes nothing. The caller holds the row.
    """
    if counter.statutory or not counter.replies.filter(said=Said.OBJECT).exists():
        return False
    record(counter, Said.OBJECT, actor=Actor.system(), at=at)
    return True


def require_text(text: str) -> None:
    """
    Pass if a reviewer says why.

    :raises IncompleteReply: otherwise
    """
    _require(text, "Say why: both sides read it.")


def _require(text: str, otherwise: str) -> None:
    if not text.strip():
        raise IncompleteReply("text", otherwise)


def require_delay(*, cause: str, files: Sequence[GivenFile], regime: str) -> None:
    """
    Pass if a claim of delay is whole.

    :raises IncompleteParticulars: otherwise, with what is missing
    """
    said = {"cause": cause, "file": list(files)}
    particulars.require(said, document="delay_claim", regime=regimes()[regime])


def keep_holders(counter: CounterNotice, files: Sequence[GivenFile], *, at: datetime) -> None:
    """Keep files that the holder gave with what it says."""
    _keep(counter, files, by_holder=True, at=at)
