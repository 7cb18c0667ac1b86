"""Which law holds for each listing that a notice names, and what it still needs under each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Self

from touchmark.apps.registry import grounding
from touchmark.engine.policy import clocks, particulars
from touchmark.engine.policy.load import regimes
from touchmark.engine.policy.rules import UnknownRule
from touchmark.engine.policy.which_law import POLICY_ROW, Claim, Entity, Law, NoGround, Offer, Size, law_of
from touchmark.engine.terms import Actor, RightKind, Role

if TYPE_CHECKING:
    from touchmark.apps.catalog.models import Listing, Marketplace
    from touchmark.apps.notices.models import Notice, NoticeItem
    from touchmark.apps.registry.models import Right
    from touchmark.engine.policy.rules import Element

#: Laws whose statements must be made in their own words: the declaration that goes with every notice is not enough.
IN_THEIR_WORDS = frozenset({"us"})


def governing(right: Right, listing: Listing, on: date) -> Law | NoGround:
    """
    Give the law of a listing under a right on a day, or why the right grounds nothing there.

    A right that names neither a territory nor an office that tells one is good without limit: so a reviewer verified
    it. Where the listing says nothing either, the law is the one that its marketplace declared.
    """
    market = listing.marketplace
    offer = Offer(listing.listing_id, _entity(market), tuple(listing.offered_in))
    found = law_of(Claim(RightKind(right.kind), tuple(right.territories), right.office), offer, on=on)
    if found != NoGround.TERRITORY_UNKNOWN:
        return found
    where = offer.offered_in or offer.entity.sells_in or tuple(filter(None, [market.established]))
    if where:
        return law_of(Claim(RightKind(right.kind), where), offer, on=on)
    return Law(market.regime, POLICY_ROW, (), (), frozenset(), market.place)


def _entity(marketplace: Marketplace) -> Entity:
    return Entity(
        marketplace=marketplace.slug,
        established=marketplace.established,
        place=marketplace.place,
        sells_in=tuple(marketplace.territories),
        size=Size(marketplace.size),
    )


@dataclass(frozen=True, slots=True)
class Asked:
    """Which laws ask for elements of a notice, each in its place, and what of it is objected to."""

    laws: tuple[str, ...]
    targets: frozenset[str]

    @classmethod
    def of(cls, parts: Iterable[tuple[str, str]]) -> Self:
        """Give what the law of each listing, and what is objected to there, come to together."""
        known = list(parts)
        return cls(tuple(dict.fromkeys(law for law, _ in known)), frozenset(target for _, target in known))

    @classmethod
    def about(cls, items: Iterable[NoticeItem]) -> Self:
        """Give the same of items that are kept."""
        return cls.of((item.regime, item.target) for item in items)


def missing_from(notice: Notice, asked: Asked, *, agent: bool, files: Iterable[str] = ()) -> tuple[Element, ...]:
    """
    Give what a notice still needs under any of these laws, each element once, in their order.

    :param files: the kinds of files that come with it and are not kept yet
    """
    given = {name: value for name, value in notice.particulars.items() if value not in (None, "")}
    return _missing(notice, asked, given | _shown_by_files(notice) | dict.fromkeys(files, True), agent=agent)


def asked_besides(notice: Notice, asked: Asked, *, agent: bool) -> tuple[Element, ...]:
    """
    Give what these laws ask for beyond what the register, the account, the statement and the declaration say, given or
    not: every notice is asked for those two by itself.
    """
    return _missing(notice, asked, {}, agent=agent, said=True)


def _missing(
    notice: Notice, asked: Asked, given: dict[str, Any], *, agent: bool, said: bool = False
) -> tuple[Element, ...]:
    kind, facts = RightKind(notice.right.kind), [f"reason_{notice.reason}"]
    facts += [f"target_{target}" for target in sorted(asked.targets)]
    facts += [fact for fact, holds in (("agent", agent), ("guest", notice.filed_by is None)) if holds]
    found: dict[str, Element] = {}
    for law in asked.laws:
        content = _content(notice, law, said=said) | given
        lacking = particulars.missing(content, document="notice", regime=regimes()[law], kind=kind, facts=facts)
        for element in lacking:
            found.setdefault(element.name, element)
    return tuple(found.values())


def files_as_agent(actor: Actor, notice: Notice | None = None) -> bool:
    """Whether somebody files for a holder without being of it: as its agent, or as an organisation with a mandate."""
    by_mandate = notice is not None and notice.agent_id is not None
    return by_mandate or (actor.has(Role.AGENT) and not actor.has(Role.HOLDER))


def _content(notice: Notice, law: str, *, said: bool) -> dict[str, Any]:
    """
    Give what a notice says by the names of the elements; ``said``: as if its statement and declaration were there.

    What the register and the account say need not be said again: the right is verified with its proof, the holder is
    known, the listings are found, and the holder itself invited whoever acts for it.
    """
    declared = (said or notice.good_faith) and law not in IN_THEIR_WORDS
    return {
        "right": notice.right.ref,
        "reason": notice.reason,
        "explanation": said or notice.statement,
        "locations": True,
        **_known_of(notice),
        "statement_accuracy": declared,
        "statement_good_faith": declared,
    }


def _known_of(notice: Notice) -> dict[str, Any]:
    """Give what is known of the notifier without being said: of a guest, the name and the address."""
    if notice.filed_by is None:
        return {"name": notice.guest.name, "email": notice.guest.email}
    return {
        "proof_of_right": _proof_of(notice.right),
        "name": notice.filed_by.name,
        "email": notice.filed_by.email,
        "identity": notice.holder_id,
        "authority": notice.filed_by_id,
    }


def _proof_of(right: Right) -> str:
    """Give what proves a right: a reviewer verified it; of a work that is claimed, what its holder says."""
    if grounding.is_stated(right):
        return ""
    return str(right.claimed.get("shown_by", "")) if grounding.is_claimed_work(right) else right.ref


def _shown_by_files(notice: Notice) -> dict[str, Any]:
    """Give the elements that a file of the notice gives."""
    return dict.fromkeys(notice.evidence.values_list("kind", flat=True), True) if notice.pk else {}


def wants_a_courts_order(item: NoticeItem) -> bool:
    """Whether the law has a listing restricted for so many days alone, unless a court orders it."""
    day = item.filed_at.astimezone(item.listing.marketplace.place.zone).date()
    try:
        regimes()[item.regime].clock("hold", on=day, kind=RightKind(item.right.kind))
    except UnknownRule:
        return False
    return True


def appealable_until(item: NoticeItem) -> datetime | None:
    """Give until when the refusal of an item can be appealed; None where the item has no outcome yet."""
    if item.settled_at is None:
        return None
    place = item.listing.marketplace.place
    rule = regimes()[item.regime].clock("appeal_window", on=item.settled_at.astimezone(place.zone).date())
    return clocks.due(rule, start=item.settled_at, place=place)


@dataclass(frozen=True, slots=True)
class Procedure:
    """One marketplace's part of a notice under one law: how many of its listings, and where the right reaches them."""

    marketplace: str
    regime: str
    listings: int
    territories: tuple[str, ...]

    @property
    def law(self) -> str:
        """The law's name."""
        return regimes()[self.regime].name


def procedures_of(parts: Iterable[tuple[str, str, Sequence[str]]]) -> tuple[Procedure, ...]:
    """
    Split a notice into its procedures, in the order of its listings.

    :param parts: of each listing, the name of its marketplace, its regime, and the territories that are reached
    """
    grouped: dict[tuple[str, str], list[Sequence[str]]] = {}
    for marketplace, regime, territories in parts:
        grouped.setdefault((marketplace, regime), []).append(territories)
    return tuple(
        Procedure(marketplace, regime, len(reached), tuple(sorted({code for codes in reached for code in codes})))
        for (marketplace, regime), reached in grouped.items()
    )
