"""``/ladders``: what follows for sellers, which ladder each marketplace follows, and choosing another after a look."""

from datetime import datetime
from http import HTTPStatus
from typing import TYPE_CHECKING, Annotated

from ninja import Path, Query, Router, Schema
from pydantic import Field

from touchmark.api import clock
from touchmark.api.clients import Asking, may
from touchmark.api.forms import Body, Said
from touchmark.api.once import Key, once
from touchmark.api.problems import refusing
from touchmark.apps.clients.scopes import Scope
from touchmark.apps.penalties import ladders
from touchmark.apps.penalties.ladders import KINDS

if TYPE_CHECKING:
    from touchmark.apps.penalties.ladders import Change, Followed, Preview
    from touchmark.engine.penalties.consequences import Ladder, Step

router = Router(tags=["sellers"])

Market = Annotated[str, Path(max_length=60, description="The marketplace, as in its addresses.")]
#: So many shops are named in a preview, the gravest first.
NAMED = 100


class RungOut(Schema):
    """What follows from an amount on, for how many days where that is limited."""

    amount: int
    consequence: str
    days: int | None


class WayOut(Schema):
    """One way of counting: for which gravity how much, for how many days, and the steps."""

    track: str
    points: dict[str, int]
    life_days: int
    daily_cap: int | None
    merge_days: int | None
    steps: list[RungOut]


class LadderOut(Schema):
    """A ladder that is in force."""

    ladder: str
    source: str
    in_force_from: str
    tracks: list[WayOut]


class FollowedOut(Schema):
    """What a marketplace follows; `since` and `by` are null while nobody has chosen."""

    marketplace: str
    ladder: str
    since: datetime | None
    by: str | None


class LaddersOut(Schema):
    """The ladders in force, and which of them each marketplace follows."""

    in_force: list[LadderOut]
    followed: list[FollowedOut]


class ShopChangeOut(Schema):
    """A shop for which something else would follow: the gravest step now and then, null where there is none."""

    seller_id: str
    now: RungOut | None
    then: RungOut | None


class PreviewOut(Schema):
    """
    What following a ladder would change today.

    `now` and `then` count shops by the gravest that follows. `more`: not every shop was looked at, but those with the
    newest decisions. `changed` is for how many something else would follow; the gravest of them are named.
    """

    shops: int
    more: bool
    now: dict[str, int]
    then: dict[str, int]
    changed: int
    changes: list[ShopChangeOut]


class PlaceOut(Schema):
    """What a marketplace follows; `preview` is null where no other ladder was asked for."""

    followed: FollowedOut
    preview: PreviewOut | None


class ChoiceIn(Body):
    """The ladder to follow, and why."""

    ladder: Annotated[str, Field(min_length=1, max_length=60)]
    why: Said


@router.get(
    "/ladders",
    response={200: LaddersOut, **refusing()},
    auth=may(Scope.RULES_READ),
    operation_id="list_ladders",
    summary="Read the ladders, and what each marketplace follows",
)
def list_ladders(request: Asking) -> LaddersOut:
    """Give the ladders in force; whom a marketplace follows, to whoever sees every shop of it."""
    at = clock.now()
    followed = [_followed(one) for one in ladders.all_followed(request.actor, at=at)]
    return LaddersOut(in_force=[_ladder(one) for one in ladders.in_force(at=at)], followed=followed)


@router.get(
    "/ladders/{ref}",
    response={200: PlaceOut, **refusing(404)},
    auth=may(Scope.RULES_READ),
    operation_id="get_ladder",
    summary="Read what a marketplace follows, and see what another ladder would change",
)
def get_ladder(
    request: Asking,
    ref: Market,
    instead: Annotated[
        str | None, Query(min_length=1, max_length=60, description="A ladder to look at beside it, in `preview`.")
    ] = None,
) -> PlaceOut:
    """Give what a marketplace follows; with `instead`, its shops by what follows now, and would on that ladder."""
    at = clock.now()
    followed = ladders.followed_by(request.actor, ref, at=at)
    found = ladders.preview(followed.marketplace, ladders.named(instead, at=at), at=at) if instead else None
    return PlaceOut(followed=_followed(followed), preview=_preview(found) if found else None)


@router.post(
    "/ladders/{ref}/following",
    response={200: FollowedOut, **refusing(404, 409)},
    auth=may(Scope.RULES_WRITE),
    operation_id="follow_ladder",
    summary="Have a marketplace follow a ladder",
)
@once
def follow_ladder(
    request: Asking, ref: Market, choice: ChoiceIn, idempotency_key: Key = None
) -> tuple[int, FollowedOut]:
    """Follow a ladder from now on. Nothing is proposed or taken back by that alone."""
    at = clock.now()
    return HTTPStatus.OK, _followed(
        ladders.follow(marketplace=ref, ladder=choice.ladder, why=choice.why, actor=request.actor, at=at)
    )


def _followed(one: "Followed") -> FollowedOut:
    return FollowedOut(
        marketplace=one.marketplace.slug,
        ladder=one.ladder.id,
        since=one.since,
        by=one.by.name if one.by else None,
    )


def _ladder(ladder: "Ladder") -> LadderOut:
    tracks = [
        WayOut(
            track=track.id,
            points=dict(track.points),
            life_days=track.life.days,
            daily_cap=track.daily_cap,
            merge_days=track.merge.days if track.merge else None,
            steps=[_rung(step) for step in track.steps],
        )
        for track in ladder.tracks
    ]
    since = ladder.in_force_from.isoformat()
    return LadderOut(ladder=ladder.id, source=ladder.source, in_force_from=since, tracks=tracks)


def _rung(step: "Step") -> RungOut:
    return RungOut(amount=step.amount, consequence=step.consequence, days=step.days)


def _preview(found: "Preview") -> PreviewOut:
    return PreviewOut(
        shops=found.shops,
        more=found.more,
        now={kind or "none": found.now.get(kind, 0) for kind in KINDS},
        then={kind or "none": found.then.get(kind, 0) for kind in KINDS},
        changed=len(found.changes),
        changes=[_change(one) for one in found.changes[:NAMED]],
    )


def _change(one: "Change") -> ShopChangeOut:
    return ShopChangeOut(
        seller_id=one.seller.seller_id,
        now=_rung(one.now) if one.now else None,
        then=_rung(one.then) if one.then else None,
    )
