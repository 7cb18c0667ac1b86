"""Assessments: what is lawful stays clear, what is suspect is reviewed, and everything is said."""

import math
from dataclasses import replace
from datetime import date

import numpy as np
import pyarrow as pa
import pytest
from tests.engine.screening.scene import hits, listings, register, sellers, unreadable, use

from touchmark.engine.screening.assess import assess
from touchmark.engine.screening.compare.context import Context
from touchmark.engine.screening.evidence import Known
from touchmark.engine.screening.hits import Hits, Trick
from touchmark.engine.screening.model import Model, confidence
from touchmark.engine.screening.schemas import ASSESSMENTS
from touchmark.engine.screening.verdict import Rules
from touchmark.engine.terms import Way

BAG = {"text": "Velmora", "reference_price": 890.0, "currency": "EUR", "authorised_sellers": ["bazarette:galleria"]}
RIGHTS = register(
    BAG,
    {"text": "Orovia"},
    {"text": "Nordhelm"},
    {"text": "Tessaro"},
    {"text": "Auralisse"},
    {"kind": "copyright", "brand": "Velmora"},
)
OFFER = {"marketplace": "bazarette", "seller_id": "s-1", "currency": "EUR", "price": 600.0}
PHOTO = 5


def assessed(
    batch: pa.Table, *uses: dict, known: Known | pa.Table | None = None, unread=(), rights=RIGHTS
) -> list[dict]:
    found = hits(*uses)
    sure, _ = confidence(found, batch, rights)
    beside = known if isinstance(known, Known) else Known(known)
    table = assess(batch, found, sure, rights, beside, unreadable(*unread), Model.default(), Rules.default())
    assert table.schema == ASSESSMENTS
    for row in table.to_pylist():
        total = Model.default().bias + sum(reason["weight"] for reason in row["reasons"])
        assert math.log(row["risk"] / (1 - row["risk"])) == pytest.approx(total, abs=0.01)
    return table.to_pylist()


def one(offer: dict, *uses: dict, **more) -> dict:
    return assessed(listings(OFFER | offer), *uses, **more)[0]


def features(assessment: dict) -> dict[str, str | None]:
    return {reason["feature"]: reason["value"] for reason in assessment["reasons"]}


@pytest.mark.parametrize(
    ("offer", "uses"),
    [
        ({}, []),  # uses nothing
        ({"price": 0.5}, []),  # cheap, and of nobody
        ({}, [use(0, 0)]),  # a genuine second-hand bag at a usual price
        ({"price": 380.0}, [use(0, 0)]),  # well worn
        ({"price": 9.0}, [use(0, 0, Way.REFERENTIAL)]),  # an accessory that fits it
        ({"price": 9.0, "currency": "XTS"}, [use(0, 0)]),  # no rate: the price says nothing
        ({}, [use(0, right, start=right * 10) for right in range(5)]),  # many brands, openly
        ({"seller_id": "galleria", "price": 50.0}, [use(0, 0, Way.DISGUISED), use(0, PHOTO, Way.COPIED_IMAGE)]),
    ],
    ids=["nothing", "cheap", "resale", "worn", "accessory", "currency", "many", "authorised"],
)
def test_what_stays_clear(offer: dict, uses: list[dict]) -> None:
    assert one(offer, *uses)["verdict"] == "clear"


@pytest.mark.parametrize(
    ("offer", "uses", "verdict"),
    [
        ({}, [use(0, 0, Way.DISGUISED)], "review"),
        ({}, [use(0, PHOTO, Way.COPIED_IMAGE, distance=-1)], "review"),
        ({}, [use(0, PHOTO, Way.COPIED_IMAGE, distance=10)], "review"),
        ({"price": 30.0}, [use(0, 0)], "review"),  # named openly, at a thirtieth of the price
        ({"price": 90.0}, [use(0, 0)], "clear"),  # a tenth, and nothing else
        ({"title": "Velmora mirror copy"}, [use(0, 0)], "review"),  # a coded word
        ({"title": "Velmora LJR batch", "price": 60.0}, [use(0, 0)], "review"),
        ({"title": "AAA batteries that fit", "price": 60.0}, [use(0, 0)], "clear"),
        ({}, [use(0, 0, Way.DISGUISED, trick=Trick.SWAPPED)], "clear"),  # a slip of the pen, at a usual price
        ({}, [use(0, 0, Way.DISGUISED, trick=Trick.MASKED)], "review"),
        ({"price": 60.0}, [use(0, 0, Way.DISGUISED)], "review"),
        ({}, [use(0, 0, Way.DISGUISED), use(0, PHOTO, Way.COPIED_IMAGE)], "review"),
        ({"price": 60.0}, [use(0, 0, Way.DISGUISED), use(0, PHOTO, Way.COPIED_IMAGE)], "act"),
    ],
    ids=[
        "disguise",
        "same picture",
        "near picture",
        "cheap",
        "cheapish",
        "coded",
        "source",
        "batteries",
        "slip",
        "mask",
        "cheap disguise",
        "two",
        "all three",
    ],
)
def test_what_is_suspect(offer: dict, uses: list[dict], verdict: str) -> None:
    assert one(offer, *uses)["verdict"] == verdict


def test_a_lawful_reference_never_raises_the_risk() -> None:
    references = [use(0, right, Way.REFERENTIAL, start=right * 10) for right in range(5)]
    with_them, without = one({"price": 3.0}, *references), one({"price": 3.0})
    assert with_them["risk"] == without["risk"]
    assert features(with_them) == {"referential_mark": "Velmora"}


def test_a_mark_in_several_rights_counts_once() -> None:
    rights = register(
        BAG, BAG | {"kind": "figurative_mark"}, {"text": "Velmora", "brand": "Somebody else", "owner": "x"}
    )
    thrice = [use(0, right, form=right) for right in range(3)]  # three rights, one place
    batch = listings(OFFER)
    assert assessed(batch, *thrice, rights=rights)[0]["risk"] == assessed(batch, use(0, 0), rights=rights)[0]["risk"]


def test_a_mark_met_often_counts_once() -> None:
    often = [use(0, 0, start=start) for start in range(0, 90, 10)]
    assert one({}, *often)["risk"] == one({}, use(0, 0))["risk"]
    assert one({}, *often)["findings"] == 9


@pytest.mark.parametrize(
    ("less", "more"),
    [
        ([use(0, 0)], [use(0, 0, Way.DISGUISED)]),
        ([use(0, 0)], [use(0, 0), use(0, PHOTO, Way.COPIED_IMAGE)]),
        ([use(0, 0, Way.DISGUISED, field="description")], [use(0, 0, Way.DISGUISED)]),
        (
            [use(0, 0), use(0, 1, start=9)],
            [use(0, 0), use(0, 1, start=9), use(0, 2, start=20), use(0, 3, start=30)],
        ),
    ],
)
def test_what_raises_the_risk(less: list[dict], more: list[dict]) -> None:
    assert one({}, *less)["risk"] < one({}, *more)["risk"]


def test_the_lower_the_price_the_higher_the_risk_until_it_is_low_enough() -> None:
    risks = [one({"price": price}, use(0, 0))["risk"] for price in (2000, 890, 356, 300, 180, 100, 35.6, 20, 0.01)]
    assert risks == sorted(risks)
    assert risks[0] == risks[1] == pytest.approx(risks[2])
    assert risks[2] < risks[3] < risks[4] < risks[5] < risks[6] == risks[7] == risks[8]


@pytest.mark.parametrize(
    ("standing", "raised"),
    [("good", False), ("warned", True), ("suspended", True), ("gold partner", False), (None, False)],
)
def test_standing_adds_where_a_right_is_used(standing: str | None, raised: bool) -> None:
    known = sellers({"seller_id": "s-1", "standing": standing})
    assert (one({}, use(0, 0), known=known)["risk"] > one({}, use(0, 0))["risk"]) is raised
    assert one({}, known=known)["risk"] == one({})["risk"]


def test_permission_covers_the_brand_and_nothing_else() -> None:
    here = {"seller_id": "galleria"}
    everything = [use(0, 0), use(0, PHOTO, Way.COPIED_IMAGE)]
    assert "authorised_seller" in features(one(here, *everything))
    partly = one(here, *everything, use(0, 1, Way.DISGUISED, start=30))
    assert "authorised_seller" not in features(partly)
    assert "copied_image" not in features(partly)
    assert partly["verdict"] == "review"
    assert "authorised_seller" not in features(one(here))
    assert "authorised_seller" not in features(one(here, use(0, 1, Way.REFERENTIAL)))


@pytest.mark.parametrize("code", ["missing", "too_many_pixels", "broken"])
def test_a_picture_that_cannot_be_looked_at_is_reviewed(code: str) -> None:
    batch = listings(OFFER, OFFER)
    first, second = assessed(batch, unread=[(1, "a.jpg", code), (1, "b.jpg", code)])
    assert (first["verdict"], second["verdict"]) == ("clear", "review")
    assert [(r["feature"], r["value"], r["weight"]) for r in second["reasons"]] == [("unreadable_image", code, 0.0)]
    assert second["risk"] == first["risk"]


def test_values_that_could_not_be_read_are_said() -> None:
    (assessment,) = assessed(listings(OFFER | {"unreadable": ["price", "quantity"], "price": None}), use(0, 0))
    said = [reason["text"] for reason in assessment["reasons"] if reason["feature"] == "unreadable_value"]
    assert said == [
        "The value given for the price could not be read, and was left out.",
        "The value given for the quantity could not be read, and was left out.",
    ]
    assert assessment["verdict"] == "clear"


def test_reasons_name_the_mark_and_the_price() -> None:
    assessment = one({"price": 44.5}, use(0, 0, Way.DISGUISED), use(0, 1, start=20))
    weighed = {"disguised_mark": "Velmora", "plain_mark": "Orovia", "low_price": "0.05"}
    assert features(assessment) == weighed | {"grounds": "disguised"}
    assert "5% of the reference price" in assessment["reasons"][2]["text"]
    assert features(one({"currency": "XTS"}, use(0, 0)))["other_currency"] == "XTS"
    assert features(one({}, use(0, PHOTO, Way.COPIED_IMAGE)))["copied_image"] == "Velmora"


def test_what_can_be_a_reason_to_act_is_said() -> None:
    """Rules ask for it, also of listings that were screened long ago."""
    assert features(one({}, use(0, PHOTO, Way.COPIED_IMAGE)))["grounds"] == "copied_image"
    assert features(one({"title": "Velmora 1:1 mirror copy"}, use(0, 0)))["grounds"] == "said"
    assert "grounds" not in features(one({"price": 1.0}, use(0, 0), use(0, 1, start=20)))
    assert "grounds" not in features(one({}, use(0, 0, Way.DISGUISED, trick=Trick.DROPPED)))


def test_one_row_for_every_listing_in_order() -> None:
    batch = listings(*[OFFER | {"listing_id": f"x{i}", "row": 100 + i} for i in range(5)])
    rows = assessed(batch, use(1, 0), use(3, 0), use(3, 1, start=9))
    assert [row["row"] for row in rows] == [100, 101, 102, 103, 104]
    assert [row["findings"] for row in rows] == [0, 1, 0, 2, 0]
    assert [row["marketplace"] for row in rows] == ["bazarette"] * 5


def test_an_empty_batch() -> None:
    assert assessed(listings().slice(0)) == []


def test_splitting_a_batch_changes_nothing() -> None:
    rng = np.random.default_rng(5)
    rows = [
        OFFER | {"price": float(rng.integers(20, 900)), "seller_id": rng.choice(["s-1", "galleria"])} for _ in range(40)
    ]
    ways = (Way.PLAIN, Way.DISGUISED, Way.REFERENTIAL)
    uses = sorted(
        (
            use(
                int(rng.integers(40)), int(rng.choice([0, 1, 2, 3])), ways[rng.integers(3)], start=int(rng.integers(50))
            )
            for _ in range(70)
        ),
        key=lambda each: each["listing"],
    )
    whole = assessed(listings(*rows), *uses)
    parts: list[dict] = []
    for first in range(0, 40, 7):
        here = [each | {"listing": each["listing"] - first} for each in uses if first <= each["listing"] < first + 7]
        parts += assessed(listings(*rows[first : first + 7]), *here)
    assert [(row["risk"], row["verdict"], row["reasons"]) for row in whole] == [
        (row["risk"], row["verdict"], row["reasons"]) for row in parts
    ]


def test_a_record_batch_does_as_well_as_a_table() -> None:
    batch = listings(OFFER, OFFER).to_batches()[0].slice(1)
    table = assess(batch, Hits.none(), np.empty(0), RIGHTS, Known(), unreadable(), Model.default(), Rules.default())
    assert table["listing_id"].to_pylist() == ["l1"]


def test_a_new_account_and_a_photo_at_many_sellers_add_where_a_right_is_used() -> None:
    opened = Known(sellers({"seller_id": "s-1", "opened_on": date(2026, 3, 1)}), on=date(2026, 3, 31))
    shown = Known(context=Context.counted(pa.array(["a.jpg"] * 12), pa.array([f"s-{i}" for i in range(12)])))
    offer = {"images": ["own.jpg", "a.jpg"]}
    assert features(one(offer, use(0, 0), known=opened))["new_seller"] == "30"
    assert features(one(offer, use(0, 0), known=shown))["shared_photo"] == "12"
    for known in (opened, shown):
        assert one(offer, use(0, 0), known=known)["risk"] > one(offer, use(0, 0))["risk"]
        assert one(offer, known=known)["risk"] == one(offer)["risk"]
    assert "new_seller" not in features(one(offer, use(0, 0), known=replace(opened, on=date(2026, 12, 31))))


def test_a_description_that_names_many_brands_in_passing_spreads_nothing() -> None:
    passing = [use(0, 0), *(use(0, right, start=right * 10, field="description") for right in range(1, 5))]
    assert "several_marks" not in features(one({}, *passing))
    assert "several_marks" in features(one({}, *(use(0, right, start=right * 10) for right in range(5))))
