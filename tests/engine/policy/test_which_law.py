"""Which law governs a listing: the worked cases, how a notice splits, and what never happens."""

import tomllib
from datetime import date
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from touchmark.engine.policy.rules import Place
from touchmark.engine.policy.which_law import Claim, Entity, Law, NoGround, Offer, Size, law_of, split
from touchmark.engine.terms import RightKind
from touchmark.engine.territories import single

FILE = tomllib.loads((Path(__file__).parent / "law_cases" / "which_law.toml").read_text(encoding="utf-8"))
TODAY = date(2026, 6, 1)
PLACE = Place("weekdays", ZoneInfo("UTC"))


def entity(name: str) -> Entity:
    row = FILE["entity"][name]
    return Entity(
        marketplace=name,
        established=row["established"],
        place=PLACE,
        sells_in=tuple(row["sells_in"]),
        size=Size(row.get("size", Size.LARGE)),
        designations=frozenset(row.get("designations", ())),
    )


@pytest.mark.parametrize("case", FILE["case"], ids=lambda case: case["comment"])
def test_a_worked_case_is_governed_as_written(case: dict[str, Any]) -> None:
    claim = Claim(RightKind(case["kind"]), tuple(case.get("right_in", ())), case.get("office", ""))
    offer = Offer("L", entity(case["entity"]), tuple(case.get("offered_in", ())))
    found = law_of(claim, offer, on=case.get("on", TODAY))
    if "none" in case:
        assert found == NoGround(case["none"])
        return
    assert isinstance(found, Law)
    assert (found.regime, list(found.territories)) == (case["regime"], case["territories"])
    assert found.row == case.get("row", found.row)
    assert found.exempt == frozenset(case.get("exempt", ()))
    if "others" in case:
        assert dict(found.others) == {regime: tuple(where) for regime, where in case["others"].items()}


def test_every_regime_and_every_refusal_has_a_worked_case() -> None:
    rows = {case["regime"] for case in FILE["case"] if "regime" in case}
    assert rows == {"us", "eu", "cn", "in", "jp", "kr", "uk", "platform"}
    assert {case["none"] for case in FILE["case"] if "none" in case} == set(NoGround)


def test_a_notice_over_several_marketplaces_splits_into_one_procedure_each() -> None:
    american, chinese, european = map(entity, ("american", "chinese", "european"))
    found = split(
        Claim(RightKind.COPYRIGHT),
        [
            Offer("a", american),
            Offer("b", chinese),
            Offer("c", american),
            Offer("d", chinese, ("US",)),  # on the same marketplace, but under another law
            Offer("e", european, ("DE",)),
            Offer("f", european, ("FR",)),
        ],
        on=TODAY,
    )
    told = [(part.marketplace, part.law.regime, part.listings) for part in found.procedures]
    assert told == [
        ("american", "us", ("a", "c")),
        ("chinese", "cn", ("b",)),
        ("chinese", "us", ("d",)),
        ("european", "eu", ("e", "f")),
    ]
    assert found.procedures[-1].law.territories == ("DE", "FR")
    assert found.ungrounded == {}


def test_listings_that_the_right_does_not_reach_are_named() -> None:
    found = split(
        Claim(RightKind.WORD_MARK, ("DE",)),
        [Offer("a", entity("european")), Offer("b", entity("american"))],
        on=TODAY,
    )
    assert [part.listings for part in found.procedures] == [("a",)]
    assert found.ungrounded == {"b": NoGround.OUTSIDE_TERRITORY}


CODES = st.lists(st.sampled_from(["US", "EU", "DE", "FR", "CN", "GB", "UK", "KR", "JP", "IN", "BR", "BX"]), max_size=5)
DAYS = st.dates(date(2010, 1, 1), date(2032, 1, 1))


@given(
    kind=st.sampled_from(RightKind),
    right_in=CODES.filter(bool),
    offered=CODES.filter(bool),
    name=st.sampled_from(sorted(FILE["entity"])),
    on=DAYS,
)
def test_a_right_grounds_nothing_outside_its_territory_or_the_offers(
    kind: RightKind, right_in: list[str], offered: list[str], name: str, on: date
) -> None:
    found = law_of(Claim(kind, tuple(right_in)), Offer("L", entity(name), tuple(offered)), on=on)
    both = single(right_in, on) & single(offered, on)
    assert (found == NoGround.OUTSIDE_TERRITORY) == (not both)
    if isinstance(found, Law):
        assert set(found.territories) == both
        assert all(set(where) <= both for _, where in found.others)
        assert found.regime != "us" or kind == RightKind.COPYRIGHT
    again = law_of(Claim(kind, tuple(right_in[::-1])), Offer("L", entity(name), tuple(offered[::-1])), on=on)
    assert again == found


@given(
    kind=st.sampled_from(RightKind),
    right_in=CODES,
    offers=st.lists(st.tuples(st.sampled_from(sorted(FILE["entity"])), CODES), max_size=12),
)
def test_every_listing_of_a_notice_is_in_one_place_of_its_split(
    kind: RightKind, right_in: list[str], offers: list[tuple[str, list[str]]]
) -> None:
    named = [Offer(str(place), entity(name), tuple(codes)) for place, (name, codes) in enumerate(offers)]
    found = split(Claim(kind, tuple(right_in)), named, on=TODAY)
    listed = [listing for part in found.procedures for listing in part.listings] + list(found.ungrounded)
    assert sorted(listed) == sorted(offer.listing for offer in named)
    assert len({(part.marketplace, part.law.regime) for part in found.procedures}) == len(found.procedures)
