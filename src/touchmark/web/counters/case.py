"""One answer as a case: where it stands, what falls due, what was said; for either side, which is "you"."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from touchmark.apps.audit import queries as audit
from touchmark.apps.counters.content import forwarded_of
from touchmark.apps.counters.kinds import FileKind, Said
from touchmark.apps.counters.record import stream_of, stream_of_suit
from touchmark.apps.counters.standing import OPEN
from touchmark.apps.deadlines import queries as deadlines
from touchmark.engine.lifecycle.counter_notice import CounterStatus
from touchmark.engine.policy.load import regimes
from touchmark.engine.policy.reasons import grounds
from touchmark.web.counters.words import badge_of
from touchmark.web.ui.due import due_of
from touchmark.web.ui.steps import Entry, Reached, Step

if TYPE_CHECKING:
    from touchmark.apps.counters.models import CounterNotice
    from touchmark.engine.policy.rules import Element

SELLER, HOLDER, DESK = "seller", "holder", "desk"


def shown(counter: "CounterNotice", *, side: str) -> dict[str, Any]:
    """Give what the page of an answer shows to one side."""
    files = counter.files.all() if side == DESK else counter.files.exclude(kind=FileKind.IDENTITY)
    if side == SELLER:
        files = counter.files.filter(by_holder=False)
    ground = grounds().get(counter.ground)
    listing = counter.item.listing
    return {
        "counter": counter,
        "side": side,
        "badge": badge_of(counter.status),
        "law": regimes()[counter.regime].name,
        "ground": _(ground.says) if ground else "",
        "forwarded": [(_label(element, side), element, value) for element, value in forwarded_of(counter)],
        "files": [(one.blob_id, FileKind(one.kind).label, one.by_holder) for one in files],
        "due": due_of(_running(counter), side),
        "steps": list(_steps(counter)),
        "exchange": list(_exchange(counter, side)),
        "listing": listing,
        "open": counter.status in OPEN,
        "suit": counter.suits.last(),
        "restriction": getattr(counter.decision, "restriction", None),
    }


def _label(element: "Element", side: str) -> str:
    """Name an element for its reader: what was asked of the seller as \"your name\" is no name of anybody else."""
    return _("name") if element.name == "name" and side != SELLER else _(element.asks)


def subjects_of(counter: "CounterNotice") -> list[str]:
    """Give what the clocks of an answer run for: the answer itself, and each suit that was shown against it."""
    return [stream_of(counter), *(stream_of_suit(suit) for suit in counter.suits.all())]


def _running(counter: "CounterNotice") -> list[Any]:
    subjects = subjects_of(counter)
    found = deadlines.running_of_each(subjects)
    return [one for subject in subjects for one in found[subject]]


def _steps(counter: "CounterNotice") -> Iterator[Step]:
    yield Step(_("The seller answered"), Reached.PAST, counter.filed_at)
    if counter.status == CounterStatus.INCOMPLETE:
        yield Step(_("The answer waits for what is missing"), Reached.NOW)
        return
    if counter.arrived_at is None and counter.status in OPEN:
        yield Step(_("Forwarded to the holder"), Reached.NOW)
        return
    if counter.arrived_at is not None:
        yield Step(_("The holder has it"), Reached.PAST, counter.arrived_at)
    for suit in counter.suits.all():
        yield Step(_("A suit or a complaint was shown"), Reached.PAST, suit.shown_at, f"{suit.body}, {suit.number}")
    if counter.settled_at is None:
        yield Step(badge_of(counter.status)["text"], Reached.NOW)
        return
    yield Step(badge_of(counter.status)["text"], Reached.NOW, counter.settled_at, _carried_out(counter))


def _carried_out(counter: "CounterNotice") -> str:
    """Say how far the marketplace is, which confirms a put-back as any other order."""
    restriction = getattr(counter.decision, "restriction", None)
    if counter.status != CounterStatus.PUT_BACK or restriction is None or restriction.lift_ordered_at is None:
        return ""
    if restriction.lifted_at:
        return _("The marketplace has confirmed that the listing is back.")
    return _("The marketplace was told; it has not confirmed yet.")


def _exchange(counter: "CounterNotice", side: str) -> Iterator[Entry]:
    seller = _("You") if side == SELLER else _("The seller")
    holder = _("You") if side == HOLDER else _("The holder")
    yield Entry(seller, _("answered the notice"), counter.filed_at, counter.explanation, mine=side == SELLER)
    for reply in counter.replies.all():
        hidden = side == SELLER and reply.said in (Said.CLAIM_DELAY, Said.END_DELAY)
        text = "" if hidden else reply.text
        yield Entry(holder, str(Said(reply.said).label), reply.at, text, mine=side == HOLDER)
    for suit in counter.suits.all():
        if suit.result:
            told = [event.at for event in audit.events_of(stream_of_suit(suit))]
            yield Entry(_("Of the suit"), _("was told"), told[-1], suit.result)
    if counter.settled_at is not None:
        yield Entry(_("Touchmark"), badge_of(counter.status)["text"], counter.settled_at, counter.outcome_text)
