"""A holder reports listings under one of its rights: one notice, an item for each listing that can be reported."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from itertools import count
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext_noop

from touchmark.apps.catalog import access as catalog
from touchmark.apps.catalog import naming
from touchmark.apps.catalog.addresses import is_picture, key_of
from touchmark.apps.catalog.kinds import ListingKind
from touchmark.apps.catalog.naming import Named
from touchmark.apps.decisions import queries as decisions
from touchmark.apps.flaggers import queries as flaggers
from touchmark.apps.mandates import access as mandates
from touchmark.apps.notices import actions as notices
from touchmark.apps.notices import joining, law
from touchmark.apps.notices import queries as notice_queries
from touchmark.apps.notices.actions import NoticeForm, Reported
from touchmark.apps.notices.limits import MOST, TooManyListings, require_at_most
from touchmark.apps.notices.standing import LANES, TRUSTED
from touchmark.apps.notices.targets import OF_PAGES, Target
from touchmark.apps.registry import access as registry
from touchmark.apps.tiers import actions as tiers
from touchmark.engine.errors import TouchmarkError
from touchmark.engine.policy.which_law import Law, NoGround
from touchmark.engine.policy.words import why_no_ground
from touchmark.engine.terms import Actor

if TYPE_CHECKING:
    from touchmark.apps.catalog.models import Listing
    from touchmark.apps.notices.models import Notice, NoticeItem
    from touchmark.apps.registry.models import Right

__all__ = ["MOST", "TooManyListings"]


class NotOnSale(TouchmarkError):
    """The listing is restricted already, or gone; a notice would change nothing."""


class DecidedBefore(TouchmarkError):
    """The same right was judged on the same listing, which has not changed since, nor has the evidence."""


class NoGroundThere(TouchmarkError):
    """The right grounds nothing against the listing: it is not good in any country where that is offered."""


class NothingToReport(TouchmarkError):
    """None of the listings that were named can be reported; ``refused`` says why of each."""

    def __init__(self, refused: Sequence[Refused]) -> None:
        self.refused = tuple(refused)
        said = f" The first one, {refused[0].given}: {refused[0].text}" if refused else ""
        super().__init__(f"None of these listings can be reported.{said}")


class Why(StrEnum):
    """Why a listing that was named does not come into the notice."""

    UNKNOWN = "unknown"
    SEVERAL = "several"
    TWICE = "twice"
    GONE = "gone"
    PICTURE = "picture"
    SHOWN_BY_SEVERAL = "shown_by_several"
    RESTRICTED = "restricted"
    REPORTED = "reported"
    OUTSIDE_TERRITORY = "outside_territory"
    DECIDED = "decided"


#: What is the matter, and what to do about it: texts to be translated where they are read.
TEXTS: Mapping[Why, tuple[str, str]] = {
    Why.UNKNOWN: (
        gettext_noop("No marketplace that we watch over has this listing."),
        gettext_noop("Look for a missing character, or whether it is an address of another site."),
    ),
    Why.SEVERAL: (
        gettext_noop("More than one marketplace has a listing of this number."),
        gettext_noop("Name the marketplace too, or its address."),
    ),
    Why.GONE: (
        gettext_noop("This listing is gone: its marketplace does not have it any more."),
        gettext_noop("Nothing needs to be done. Should it come back, you can report it then."),
    ),
    Why.PICTURE: (
        gettext_noop("No listing that we watch over shows the picture or video at this address."),
        gettext_noop(
            "Open the listing that shows it, and copy the address from there; name the picture in your words."
        ),
    ),
    Why.SHOWN_BY_SEVERAL: (
        gettext_noop("More listings show this picture or video than one notice may name."),
        gettext_noop("Name each listing that you object to, by its own address."),
    ),
    Why.TWICE: (
        gettext_noop("This listing stands in your list more than once; once is enough."),
        gettext_noop("Nothing needs to be done."),
    ),
    Why.RESTRICTED: (
        gettext_noop("This listing is restricted already."),
        gettext_noop("Should it come back, you can report it then."),
    ),
    Why.REPORTED: (
        gettext_noop("You have reported this listing under this right already, and it waits for a decision."),
        gettext_noop("Follow the notice that stands."),
    ),
    Why.DECIDED: (
        gettext_noop("This was decided on a notice under this right; listing and evidence are as they were."),
        gettext_noop("Read the answer, and appeal it if it is wrong. With new evidence, report the listing again."),
    ),
    Why.OUTSIDE_TERRITORY: (
        why_no_ground(NoGround.OUTSIDE_TERRITORY),
        gettext_noop("Report it under a right that is good there."),
    ),
}


@dataclass(frozen=True, slots=True)
class Refused:
    """One of the listings that were named, by its ``place`` in the list from 1, and why it is not in the notice."""

    place: int
    given: str
    why: Why
    joined: str = ""  # what stands already, where it was reported before

    @property
    def text(self) -> str:
        """Why, in words, and what to do about it."""
        return " ".join(TEXTS[self.why])


@dataclass(frozen=True, slots=True)
class Report:
    """What came of sending a notice."""

    notice: Notice
    refused: tuple[Refused, ...] = ()


@transaction.atomic
def report_all(*, right: str, listings: Sequence[Named], form: NoticeForm, actor: Actor, at: datetime) -> Report:
    """
    File one notice on all of these listings that can be reported, and give back the others with the reason of each.

    The number of queries does not depend on how many listings there are. The same form sent again gives the notice
    that stands.

    :param right: the right's reference
    :raises NoSuchRight: if the holder has no such right
    :raises TooManyListings: if there are more than one notice may name
    :raises NothingToReport: if not one of them can be reported
    :raises Suspended, Throttled: if the notifier is suspended, or reports no more today
    :raises TouchmarkError: as ``notices.file`` says
    """
    under = mandates.right_to_report(actor, right)
    if sent := notice_queries.sent_before(form.request_key, actor):
        return Report(sent)
    require_at_most(len(listings))
    notices.require_groundable(under, actor, at.date())
    rests_on = joining.said_in(form.particulars, form.files)
    meant, refused = sorted_out(under, listings, actor, at.date(), evidence=rests_on)
    if not meant:
        raise NothingToReport(refused)
    lane = lane_of(under, reason=form.reason, listings=len(meant), actor=actor, at=at)
    filed = notices.file(right=under, listings=meant, form=form, actor=actor, at=at, lane=lane)
    return Report(filed, tuple(refused))


def lane_of(right: Right, *, reason: str, listings: int, actor: Actor, at: datetime) -> str:
    """
    Give the lane of a notice that somebody is about to file: a trusted flagger's own in its field, else what its record
    has earned.

    :raises Suspended, Throttled: if the notifier, or who it files for, is suspended, or reports no more today; a
        trusted flagger too
    """
    lane = tiers.require_may_file(actor.organisation, reason=reason, listings=listings, at=at)
    if right.holder_id != actor.organisation_id:  # who is suspended does not go on in another's name
        theirs = tiers.require_may_file(right.holder_id, reason=reason, listings=listings, at=at, for_another=True)
        lane = max(lane, theirs, key=_care)
    return TRUSTED if flaggers.trusted(actor.organisation_id, right.kind, at.date()) else lane


def _care(lane: str) -> int:
    """Give how carefully a lane is looked at: the more careful of two parties' counts."""
    return LANES.index(lane) if lane in LANES else len(LANES)


def sorted_out(
    right: Right,
    wanted: Sequence[Named],
    actor: Actor,
    on: date,
    *,
    lock: bool = True,
    evidence: Collection[str] = (),
    most: int = MOST,
) -> tuple[list[Reported], list[Refused]]:
    """
    Give the listings that can be reported, with the law of each, in the order given, and those that cannot.

    By the link of a picture or a video each listing that shows it is named. ``lock`` takes their rows until the
    transaction ends; ``evidence`` is what the notice rests on, ``most`` how many it may name.
    """
    found = naming.take_each(actor, wanted) if lock else naming.find_each(actor, wanted)
    each = [one for place, name, known in zip(count(1), wanted, found) for one in _each(place, name, known, most)]
    keys = [known[0].pk for _place, _name, known, _given in each if len(known) == 1]
    pictured = [(name, known[0].pk) for _place, name, known, _given in each if known and _shown(name, known[0])]
    films = naming.videos_among([name for name, _key in pictured])
    off = decisions.pictures_off_among([key for _name, key in pictured]) if pictured else frozenset()
    waiting, restricted = notice_queries.waiting_under(right, keys), decisions.restricted_among(keys)
    judged, answered = joining.waiting_for(right, keys), joining.answered_before(right, keys, evidence)
    meant: dict[int, Reported] = {}
    refused = []
    for place, name, known, given in each:
        full = len(meant) >= most  # links of pictures lead to more listings than there are links
        why = Why.SHOWN_BY_SEVERAL if full else _why_not(name, known, meant.keys(), waiting, restricted, answered)
        if why is None and (known[0].pk, key_of(name.address)) in off:
            why = Why.RESTRICTED
        governed = law.governing(right, known[0], on) if why is None else None
        if isinstance(governed, Law):
            one = known[0]
            shown, target = _shown(name, one), target_of(name, one, films)
            meant[one.pk] = Reported(one, governed, judged.get(one.pk), shown, place, target)
        else:
            refused.append(Refused(place, given, why or Why.OUTSIDE_TERRITORY, _joined(known, waiting, answered)))
    return list(meant.values()), refused


def _each(place: int, name: Named, known: list[Listing], most: int) -> list[tuple[int, Named, list[Listing], str]]:
    """Give each listing that shows the picture at a link by itself, and how it is called; the rest stays as it is."""
    if 1 < len(known) <= most and _shown(name, known[0]):
        return [(place, name, [one], f"{name} ({one.marketplace.slug}:{one.listing_id})") for one in known]
    return [(place, name, known, str(name))]


def target_of(name: Named, listing: Listing, films: Collection[str]) -> Target:
    """Give what is objected to: a picture or a video that a listing shows, or the page itself, by what it is."""
    if not _shown(name, listing):
        return OF_PAGES[ListingKind(listing.kind)]
    return Target.VIDEO if key_of(name.address) in films else Target.PICTURE


def _why_not(
    name: Named,
    known: list[Listing],
    meant: Collection[int],
    waiting: Mapping[int, str],
    restricted: frozenset[int],
    answered: Mapping[int, NoticeItem],
) -> Why | None:
    if len(known) != 1:
        if known:
            return Why.SHOWN_BY_SEVERAL if _shown(name, known[0]) else Why.SEVERAL
        return Why.PICTURE if is_picture(name.address) else Why.UNKNOWN
    key = known[0].pk
    if key in meant:
        return Why.TWICE
    if known[0].gone_at is not None:
        return Why.GONE
    if key in waiting:
        return Why.REPORTED
    if key in restricted:
        return Why.RESTRICTED
    return Why.DECIDED if key in answered else None


def _shown(name: Named, listing: Listing) -> str:
    """Give the address of what a listing shows, by which it was named; blank where it was named as a page."""
    return name.address if name.address and key_of(name.address) != listing.url_key else ""


def _joined(known: list[Listing], waiting: Mapping[int, str], answered: Mapping[int, NoticeItem]) -> str:
    key = known[0].pk if len(known) == 1 else 0
    return waiting.get(key, "") or (answered[key].ref if key in answered else "")


@transaction.atomic
def report(
    *, right: str, marketplace: str, listing_id: str, form: NoticeForm, actor: Actor, at: datetime
) -> NoticeItem:
    """
    File a notice on one listing that is on sale. The same form sent again gives what stands.

    :param right: the right's reference; ``marketplace``: its slug
    :raises NoSuchRight: if the holder has no such right
    :raises NoSuchListing: if the marketplace has no such listing
    :raises NotOnSale: if the listing is restricted already, or gone
    :raises DecidedBefore: if it was decided on the same listing and evidence already
    :raises TouchmarkError: as ``notices.file`` says
    """
    under = registry.right_for(actor, right)
    listing = catalog.listing_for(actor, marketplace, listing_id, lock=True)
    sent = notice_queries.sent_before(form.request_key, actor)
    if sent is None:
        governed = require_reportable(right=under, listing=listing, actor=actor, on=at.date())
        lane = lane_of(under, reason=form.reason, listings=1, actor=actor, at=at)
        _require_news(under, listing, form)
        meant = [Reported(listing, governed, joining.waiting_for(under, [listing.pk]).get(listing.pk))]
        sent = notices.file(right=under, listings=meant, form=form, actor=actor, at=at, lane=lane)
    return notice_queries.items_of(sent)[0]


def _require_news(right: Right, listing: Listing, form: NoticeForm) -> None:
    """
    Pass if the listing, or the evidence, is not what was decided on before.

    :raises DecidedBefore: naming the notice that was answered
    """
    answered = joining.answered_before(right, [listing.pk], joining.said_in(form.particulars, form.files))
    if listing.pk in answered:
        raise DecidedBefore(f"{' '.join(TEXTS[Why.DECIDED])} ({answered[listing.pk].ref})")


def require_reportable(*, right: Right, listing: Listing, actor: Actor, on: date) -> Law:
    """
    Give the law of a notice under this right on this listing, if it could be filed now: a page asks before it lets
    somebody write.

    :raises NoGroundThere: if the right is good in no country where the listing is offered
    :raises NotOnSale: if the listing is restricted already
    :raises NotYours: if the right belongs to another holder
    :raises RightNotVerified: if no reviewer has verified the right
    :raises AlreadyReported: if this right's notice on this listing waits already
    """
    if listing.gone_at is not None:
        raise NotOnSale("This listing is gone. Should it come back, you can report it then.")
    if decisions.in_force_on(listing):
        raise NotOnSale("This listing is restricted already. Should it come back, you can report it then.")
    notices.require_fit(right, listing, actor, on)
    governed = law.governing(right, listing, on)
    if isinstance(governed, NoGround):
        raise NoGroundThere(why_no_ground(governed))
    return governed
