"""What programs are told of a notice: where it and each of its listings stand, what it lacks, what falls due."""

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any, Literal

from ninja import Schema

from touchmark.api.clients import Asking
from touchmark.api.pages import page
from touchmark.apps.deadlines import queries as deadlines
from touchmark.apps.notices import access, queries
from touchmark.apps.notices.queries import Summary
from touchmark.apps.notices.record import stream_of, stream_of_notice
from touchmark.apps.registry import grounding
from touchmark.flows.report_listing import Refused, Report

if TYPE_CHECKING:
    from django.db.models import QuerySet


class LackingOut(Schema):
    """Something that a notice still needs: how to give it, the words of a statement to confirm, which law asks."""

    name: str
    asks: str
    give: str
    says: str
    source: str


class DueOut(Schema):
    """What must happen by when, by which dated rule; empty ``due_at``: its clock stands still."""

    clock: str
    rule: str
    due_at: datetime | None


class NoticeItemOut(Schema):
    """
    One listing of a notice: under which law, where it stands, and what its holder was told of the outcome. ``target``
    is what is objected to; ``picture`` the address of the one picture or video of the listing, where it is that.
    """

    ref: str
    marketplace: str
    listing_id: str
    target: Literal["listing", "shop_front", "picture", "video"]
    picture: str
    regime: str
    status: str
    outcome_text: str
    settled_at: datetime | None
    due: list[DueOut]


class RefusedOut(Schema):
    """A listing that is not in the notice: its place in what was sent, from 1, why, and what stands already."""

    place: int
    given: str
    code: str
    detail: str
    joined: str


class PartyOut(Schema):
    """
    Who is behind a notice: the ``principal``, whose right it is, and the ``agent`` that files for it, by a mandate or
    as a trusted flagger.
    """

    role: Literal["principal", "agent"]
    name: str
    mandate: str


class NoticeOut(Schema):
    """
    A notice; ``counts`` says how many of its ``listings`` stand where.

    ``state`` is where the whole stands. ``marketplace``, ``listing_id``, ``outcome_text`` and ``settled_at`` are told
    of a notice on one listing, ``status`` where all stand alike. Where one notice is asked for or was filed, ``items``
    tells of each listing, ``lacking`` what an incomplete notice still needs, ``due`` by when.
    """

    ref: str
    right: str
    marketplace: str | None
    listing_id: str | None
    reason: str
    statement: str
    status: str | None
    outcome_text: str | None
    filed_at: datetime
    settled_at: datetime | None
    state: str
    listings: int
    counts: dict[str, int]
    parties: list[PartyOut]
    items: list[NoticeItemOut] | None = None
    lacking: list[LackingOut] | None = None
    due: list[DueOut] | None = None
    refused: list[RefusedOut] | None = None


class NoticesOut(Schema):
    """A page of notices, newest first."""

    items: list[NoticeOut]
    next: str | None


def listed(request: Asking, operation: str, rows: "QuerySet[Any]", cursor: str | None, limit: int) -> NoticesOut:
    """Give a page of notices, each as lists show it."""
    found, following = page(request, operation, rows, cursor, limit, lambda row: row)
    summaries = queries.summaries_of(found, access.items_for(request.actor))
    return NoticesOut(items=[shown(row, summaries[row.pk]) for row in found], next=following)


def as_filed(request: Asking, filed: Report) -> NoticeOut:
    """Give a notice that was just filed, with the listings that are not in it."""
    return whole(request, filed.notice, refused=given_back(filed.refused))


def given_back(refused: Iterable[Refused]) -> list[RefusedOut]:
    """Give the listings that are not in a notice, or would not be, each with the reason."""
    return [
        RefusedOut(place=row.place, given=row.given, code=row.why, detail=row.text, joined=row.joined)
        for row in refused
    ]


def asked_for(elements: Iterable[Any]) -> list[LackingOut]:
    """Give elements of laws, each with how to give it."""
    return [LackingOut(**{name: getattr(one, name) for name in LackingOut.model_fields}) for one in elements]


def whole(request: Asking, row: Any, *, refused: list[RefusedOut] | None = None) -> NoticeOut:
    """Give one notice with each of its listings, what it lacks and what falls due."""
    seen, own = access.items_for(request.actor), stream_of_notice(row)
    items = list(seen.filter(notice=row).order_by("number"))
    running = deadlines.running_of_each([own, *map(stream_of, items)])
    lacking = queries.lacking_of(row, request.actor)
    more = {
        "items": [_item(item, running[stream_of(item)]) for item in items],
        "refused": refused,
        "lacking": asked_for(lacking),
        "due": falling_due(running[own]),
    }
    return shown(row, queries.summaries_of([row], seen)[row.pk]).model_copy(update=more)


def shown(row: Any, summary: Summary) -> NoticeOut:
    """Give a notice as lists show it."""
    first = summary.first if summary.listings == 1 else None
    return NoticeOut(
        **{name: getattr(row, name) for name in ("ref", "reason", "statement", "filed_at")},
        right=row.right.ref,
        marketplace=first.listing.marketplace.slug if first else None,
        listing_id=first.listing.listing_id if first else None,
        status=summary.status or None,
        outcome_text=first.outcome_text if first else None,
        settled_at=first.settled_at if first else None,
        state=row.status,
        listings=summary.listings,
        counts=dict(summary.counts),
        parties=_parties(row),
    )


def _parties(row: Any) -> list[PartyOut]:
    mandate = row.mandate.ref if row.mandate else ""
    if grounding.is_stated(row.right) and row.right.owner != row.holder.name:  # a trusted flagger's, of somebody else
        owner, flagger = row.right.owner, row.holder.name
        return [
            PartyOut(role="principal", name=owner, mandate=""),
            PartyOut(role="agent", name=flagger, mandate=""),
        ]
    found = [PartyOut(role="principal", name=row.holder.name, mandate=mandate)]
    return [*found, PartyOut(role="agent", name=row.agent.name, mandate=mandate)] if row.agent else found


def falling_due(deadlines_of: Iterable[Any]) -> list[DueOut]:
    """Give the clocks that run."""
    return [DueOut(clock=one.clock, rule=one.rule, due_at=one.due_at) for one in deadlines_of]


def _item(row: Any, running: Iterable[Any]) -> NoticeItemOut:
    return NoticeItemOut(
        **{
            name: getattr(row, name)
            for name in ("ref", "target", "picture", "regime", "status", "outcome_text", "settled_at")
        },
        marketplace=row.listing.marketplace.slug,
        listing_id=row.listing.listing_id,
        due=falling_due(running),
    )
