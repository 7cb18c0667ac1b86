"""What of a decision's basis a seller may see."""

from typing import Any

import pytest
from tests.factories.pictures import Folder, drawn
from tests.web.worlds import restricted

from touchmark.apps.decisions import basis

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _blobs(settings: Any, tmp_path: Any) -> None:
    settings.BLOBS = tmp_path


def test_the_listing_as_it_was_has_its_pictures_in_order_and_no_seller() -> None:
    folder = Folder({"good.png": drawn(1), "broken.png": b"no picture"})
    case = restricted(images=["gone.png", "broken.png", "good.png"], pictures=folder)
    listing = basis.listing_as_it_was(case.decision)
    assert [(picture.number, bool(picture.sha256)) for picture in listing.pictures] == [
        (1, False),
        (2, False),
        (3, True),
    ]
    assert basis.first_picture(case.decision) == listing.pictures[2].sha256
    assert listing.said["title"] == case.listing.title
    assert not {"seller", "images", "marketplace"} & set(listing.said)


def test_a_listing_without_pictures_has_no_first_one() -> None:
    assert basis.first_picture(restricted().decision) == ""


@pytest.mark.parametrize(
    ("office", "number", "owner"),
    [
        ("EUIPO", "017912345", "Aldermoor Holding"),  # registered: the register is public
        ("", "", ""),  # not registered: who claims it is not ours to tell
        ("EUIPO", "", ""),  # an office without a number proves no entry
        ("", "017912345", ""),
    ],
)
def test_of_a_right_the_public_register_is_shown(office: str, number: str, owner: str) -> None:
    case = restricted()
    right = case.right
    right.office, right.number, right.owner = office, number, "Aldermoor Holding"
    right.reference_price = 998877
    case.decision.right = right
    entry = basis.register_entry(case.decision)
    assert entry is not None
    assert (entry.text, entry.kind, entry.owner) == (right.text, right.kind, owner)
    for secret in ("SECRETALIAS", "secret-shop-77", "Secretbrand", "998877"):
        assert secret not in repr(entry)
