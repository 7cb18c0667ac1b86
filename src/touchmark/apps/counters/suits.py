"""Suits before courts, and complaints to authorities, that holders show to keep listings down."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from touchmark.apps.audit.refs import new_ref
from touchmark.apps.counters import letters
from touchmark.apps.counters.actions import GivenFile, IncompleteReply, keep_holders
from touchmark.apps.counters.kinds import Said, SuitKind
from touchmark.apps.counters.models import CounterNotice, Reply, Suit
from touchmark.apps.counters.record import record, record_suit
from touchmark.engine.errors import TouchmarkError
from touchmark.engine.lifecycle.counter_notice import CounterStatus, life_of
from touchmark.engine.lifecycle.notice_item import ItemStatus
from touchmark.engine.lifecycle.suit import SUIT, SuitStatus
from touchmark.engine.policy import particulars
from touchmark.engine.policy.days import is_to_come
from touchmark.engine.policy.load import regimes
from touchmark.engine.terms import Actor


class NothingToKeep(TouchmarkError):
    """The notice is not put back: a ruling would change nothing."""


#: Laws under which a complaint to an authority keeps a listing down as a suit does (E-Commerce Law, art. 43).
COMPLAINTS_COUNT = frozenset({"cn"})
#: What of a suit sets a clock going, as the letters of both sides call it.
NEWS = {"take": "suit_taken", "tell": "suit_told"}


@dataclass(frozen=True, slots=True)
class SuitForm:
    """A suit, or a complaint to an authority, as the holder shows it."""

    kind: SuitKind
    body: str
    number: str
    filed_on: date
    files: Sequence[GivenFile] = ()

    def require_whole(self, regime: str, at: datetime) -> None:
        """
        Pass if it says what it must.

        :raises IncompleteParticulars: if an element is missing
        :raises IncompleteReply: if it was filed on a day to come
        """
        said = {"body": self.body, "number": self.number, "filed_on": self.filed_on, "file": list(self.files)}
        particulars.require(said, document="suit_notice", regime=regimes()[regime])
        if is_to_come(self.filed_on, at):
            raise IncompleteReply("filed_on", "It cannot have been filed on a day to come.")


@transaction.atomic
def complaints_count(counter: CounterNotice) -> bool:
    """Whether a complaint to an authority keeps the listing down, as a suit does: the law says so, or policy holds."""
    return counter.regime in COMPLAINTS_COUNT or not counter.statutory


def show_suit(*, counter: CounterNotice, form: SuitForm, actor: Actor, at: datetime) -> Suit:
    """
    Record a suit, or a complaint to an authority, which keeps the listing down. The caller holds the answer's row, and
    has acted on what fell due before.

    :raises IllegalMove: if the answer does not wait for the holder any more: it comes too late
    :raises IncompleteParticulars: if an element of the suit is missing
    :raises IncompleteReply: if a complaint is shown where only a suit counts
    """
    move = life_of(statutory=counter.statutory).step(CounterStatus(counter.status), "show_suit", roles=actor.roles)
    form.require_whole(counter.regime, at)
    if form.kind == SuitKind.COMPLAINT and not complaints_count(counter):
        raise IncompleteReply("kind", "Under this law only a suit before a court keeps the listing down.")
    suit = Suit(
        ref=new_ref("S", at),
        counter=counter,
        kind=form.kind,
        body=form.body.strip(),
        number=form.number.strip(),
        filed_on=form.filed_on,
        shown_by_id=actor.user_id,
        shown_at=at,
    )
    keep_holders(counter, form.files, at=at)
    Reply.objects.create(counter=counter, said=Said.SHOW_SUIT, text=suit.body, by_id=actor.user_id, at=at)
    record_suit(suit, "show", actor=actor, at=at, payload={"kind": suit.kind, "counter": counter.ref})
    record(counter, move.event, actor=actor, at=at, payload={"suit": suit.ref})
    letters.suit_shown(counter, suit, at=at)
    return suit


@dataclass(frozen=True, slots=True)
class RulingForm:
    """What a court, or an office, has ruled since a listing was put back, as the holder shows it."""

    body: str
    number: str
    ruled_on: date
    files: Sequence[GivenFile] = ()

    def require_whole(self, at: datetime) -> None:
        """
        Pass if it says what it must.

        :raises IncompleteReply: naming what is missing
        """
        for name in ("body", "number"):
            if not getattr(self, name).strip():
                raise IncompleteReply(name, "Name the court, and the number of the ruling there.")
        if not self.files:
            raise IncompleteReply("file", "Add the ruling itself: a photo, a scan or a PDF.")
        if is_to_come(self.ruled_on, at):
            raise IncompleteReply("ruled_on", "It cannot have been ruled on a day to come.")


@transaction.atomic
def show_ruling(*, counter: CounterNotice, form: RulingForm, actor: Actor, at: datetime) -> CounterNotice:
    """
    Record that a court has ruled since a listing was put back; a reviewer then says what follows. The caller holds the
    answer's row.

    :raises IllegalMove: if the listing was not put back on this answer, or a ruling waits already
    :raises NothingToKeep: if the notice is not put back any more
    :raises IncompleteReply: if something of the ruling is missing
    """
    move = life_of(statutory=counter.statutory).step(CounterStatus(counter.status), "show_ruling", roles=actor.roles)
    if counter.item.status != ItemStatus.PUT_BACK:
        raise NothingToKeep("This listing was not put back on an answer, or is restricted again.")
    form.require_whole(at)
    keep_holders(counter, form.files, at=at)
    said = f"{form.body.strip()}, {form.number.strip()}, {form.ruled_on.isoformat()}"
    Reply.objects.create(counter=counter, said=Said.SHOW_RULING, text=said, by_id=actor.user_id, at=at)
    record(counter, move.event, actor=actor, at=at, payload={"ruling": said})
    letters.ruling_shown(counter, said, at=at)
    return counter


@transaction.atomic
def move_suit(*, suit: Suit, event: str, result: str, actor: Actor, at: datetime) -> Suit:
    """
    Let happen to a suit what a reviewer, the holder or the clock says of it; what follows for the answer is the flow's.

    :raises IllegalMove: if that cannot happen to it now
    """
    move = SUIT.step(SuitStatus(suit.status), event, roles=actor.roles)
    suit.result = result.strip() or suit.result
    record_suit(suit, move.event, actor=actor, at=at, payload={"result": suit.result})
    if event in NEWS:
        letters.goes_on(suit.counter, NEWS[event], at=at, suit=suit)
    return suit
