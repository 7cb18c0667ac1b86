"""Which rights ground findings, on which day and where."""

from datetime import date

import numpy as np
import pytest
from tests.engine.screening.scene import hits, listings, register, use

from touchmark.engine.screening.in_force import InForce, countries

DAY = date(2026, 3, 31)


@pytest.mark.parametrize(
    ("right", "in_force"),
    [
        ({}, True),  # blank: registered, for ever
        ({"status": "registered"}, True),
        ({"status": " Registered "}, True),
        ({"status": ""}, True),
        ({"status": "applied"}, False),
        ({"status": "refused"}, False),
        ({"status": "cancelled"}, False),
        ({"status": "opposed"}, False),  # a word that is not known is not "registered"
        ({"expires_on": date(2026, 3, 30)}, False),
        ({"expires_on": DAY}, True),  # the day of expiry is the last one
        ({"registered_on": date(2026, 4, 1)}, False),  # not yet
        ({"registered_on": DAY}, True),
        ({"kind": "figurative_mark"}, True),
        ({"kind": "design"}, True),
        ({"kind": "copyright"}, True),
        ({"kind": "patent"}, False),
        ({"kind": "utility_model"}, False),
        ({"kind": "geographical_indication"}, False),
        ({"kind": "something"}, False),
    ],
)
def test_rights_in_force(right: dict[str, object], in_force: bool) -> None:
    table = register({"text": "Gucci"} | right).rights
    assert InForce.of(table, DAY).rights.tolist() == [in_force]


def test_without_a_day_dates_are_not_asked() -> None:
    table = register({"text": "Gucci", "expires_on": date(1999, 1, 1)}, {"text": "x", "status": "refused"}).rights
    assert InForce.of(table, None).rights.tolist() == [True, False]


@pytest.mark.parametrize(
    ("territories", "offered_in", "on", "meet"),
    [
        (None, ["FR"], DAY, True),  # a right without territories has no limit
        ([], ["FR"], DAY, True),
        (["FR"], None, DAY, True),  # a listing that does not say may be offered anywhere
        (["FR"], [], DAY, True),
        (["FR"], ["FR", "US"], DAY, True),
        (["FR"], ["US"], DAY, False),
        (["fr "], ["FR"], DAY, True),
        (["EU"], ["FR"], DAY, True),  # the Union covers its members
        (["EM"], ["DE"], DAY, True),  # under the code of the office, too
        (["EU"], ["US", "CH"], DAY, False),
        (["EU"], ["GB"], date(2020, 12, 31), True),  # until the end of the transition period
        (["EU"], ["GB"], date(2021, 1, 1), False),
        (["EU"], ["GB"], None, False),
        (["EU"], ["HR"], date(2013, 6, 30), False),
        (["EU"], ["HR"], date(2013, 7, 1), True),
        (["FR"], ["EU"], DAY, True),  # offered in the Union is offered in France
        (["BX"], ["NL"], DAY, True),
        (["BX"], ["EU"], DAY, True),
        (["BX"], ["FR"], DAY, False),
        (["UK"], ["GB"], DAY, True),
        (["OA"], ["SN"], DAY, True),
        (["ZZ"], ["ZZ"], DAY, True),  # a code of their own
    ],
)
def test_territories(territories: list[str] | None, offered_in: list[str] | None, on: date | None, meet: bool) -> None:
    table = register({"text": "Gucci", "territories": territories}).rights
    batch = listings({"offered_in": offered_in})
    assert InForce.of(table, on).grounds(batch, hits(use(0, 0))).tolist() == [meet]


def test_every_hit_is_asked_for_its_own_right_and_listing() -> None:
    rights = register({"text": "A", "territories": ["US"]}, {"text": "B"}, {"text": "C", "status": "refused"}).rights
    batch = listings({"offered_in": ["US"]}, {"offered_in": ["JP"]}, {})
    every = hits(*(use(listing, right) for listing in range(3) for right in range(3)))
    grounds = InForce.of(rights, DAY).grounds(batch, every)
    np.testing.assert_array_equal(grounds.reshape(3, 3), [[1, 1, 0], [0, 1, 0], [1, 1, 0]])


def test_nothing_to_ask() -> None:
    empty = InForce.of(register().rights, DAY)
    assert len(empty.grounds(listings(), hits())) == 0
    assert len(empty.grounds(listings({}), hits())) == 0


def test_the_union_has_twenty_seven_members() -> None:
    assert len(countries(["EU"], DAY)) == 27 + 1  # and its own code
