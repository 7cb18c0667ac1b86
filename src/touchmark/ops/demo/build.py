"""
Builds the demo's world in an empty database, in view: drawn, imported, verified, screened.

One listing is reported, and one order of an authority received.
"""

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

from touchmark.apps.accounts import access as who
from touchmark.apps.accounts import queries as people_queries
from touchmark.apps.catalog import queries as catalog
from touchmark.apps.notices.actions import NoticeForm
from touchmark.apps.notices.reasons import NoticeReason
from touchmark.apps.orders import actions as orders
from touchmark.apps.orders.said import Said
from touchmark.apps.screening import actions as screening
from touchmark.apps.screening import queries as found
from touchmark.engine.terms import Actor, Way
from touchmark.flows.report_listing import NoGroundThere, report
from touchmark.ops.demo import offers, people
from touchmark.ops.importing import Source, take_in
from touchmark.ops.progress import Progress

if TYPE_CHECKING:
    from touchmark.apps.screening.models import Finding

REVIEWER = "rita@platform.example"
HOLDER = "vera@velmora.example"
STATEMENT = (
    "This shop is not one of our retailers, and our name is written with letters of another alphabet. "
    "Our own bags cost many times this price."
)
ORDERED = "The court has found that the offers use the mark VELMORA without the consent of its proprietor."


def build(folder: Path, *, shop: str, at: datetime, say: Callable[[str], None]) -> None:
    """
    Draw the world into ``folder`` and put it into the database that the settings name.

    :param shop: the address of the shop that shows the offers
    :raises NotEmpty: if anybody is in the database already
    """
    data = offers.world()
    people.settle(data, at=at)
    people.open_shops(data, at=at)
    say("Drawing products and writing offers ...")
    offers.write(folder, shop=shop, on=at.date())
    for kind in ("sellers", "rights", "listings"):
        say(f"touchmark import {kind} {kind}.csv")
        _import(kind, folder, at=at)
    people.entrust_shops(data, at=at)
    say("touchmark screen, over the whole catalogue")
    _screen(at=at)
    _report(at=at)
    _order(data["marketplace"][0]["slug"], at=at)


def _import(kind: str, folder: Path, *, at: datetime) -> None:
    """Take a file in just as ``touchmark import`` does; Rita vouches for the register."""
    reviewer = people_queries.person_at(REVIEWER)
    voucher = who.actor_for(reviewer, None) if reviewer else None
    source = Source(folder / f"{kind}.csv", folder / "images", voucher=voucher)
    with Progress("importing", kind) as progress:
        for _, rows, share in take_in(kind, source, at=at, refused=lambda problems: None):
            progress.advance(rows, share)


def _screen(*, at: datetime) -> None:
    total = catalog.count()
    with Progress("screening", "listings") as progress:
        run = screening.screen_catalogue(at=at, progress=lambda done: progress.advance(done, done / total))
    ways = found.counts_by_way()
    counted = ", ".join(f"{ways.get(way, 0)} {way.replace('_', ' ')}" for way in Way if ways.get(way))
    progress.say(f"{run.findings} findings in {run.listings} listings: {counted}")


def _report(*, at: datetime) -> None:
    """Vera reports a listing in which the engine found her brand disguised: two sources, one page at the desk."""
    person = people_queries.person_at(HOLDER)
    if person is None:
        return
    for finding in found.of_way(Way.DISGUISED, right_id="wm-velmora"):
        with suppress(NoGroundThere):  # it is sold where her right is not good: the next one
            _reported(finding, who.actor_for(person, None), at=at)
            return


def _reported(finding: "Finding", actor: Actor, *, at: datetime) -> None:
    listing = finding.assessment.listing
    report(
        right=finding.right.ref,
        marketplace=listing.marketplace.slug,
        listing_id=listing.listing_id,
        form=NoticeForm(NoticeReason.SUSPECTED_FAKE, STATEMENT, good_faith=True, request_key=uuid4()),
        actor=actor,
        at=at,
    )


def _order(marketplace: str, *, at: datetime) -> None:
    """A court names two listings and leaves out how it can be contested: verify it, ask for that, carry it out."""
    reviewer = people_queries.person_at(REVIEWER)
    disguised = (finding.assessment.listing for finding in found.of_way(Way.DISGUISED, right_id="wm-velmora"))
    named = dict.fromkeys(one.url or one.listing_id for one in disguised if one.marketplace.slug == marketplace)
    if reviewer is None or not named:
        return
    said = Said(
        kind="act",
        country="DE",
        authority="Landgericht Musterstadt",
        reference="31 O 345/26",
        received_at=at,
        contact="poststelle@lg-musterstadt.example",
        elements={"legal_basis": "§ 14 MarkenG", "reasons": ORDERED, "language": "English"},
        locations=tuple(named)[-2:],
        territories=("DE",),
    )
    orders.receive(marketplace=marketplace, said=said, actor=who.actor_for(reviewer, None), at=at)
