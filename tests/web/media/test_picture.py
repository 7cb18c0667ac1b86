from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from tests.factories import accounts, catalog, pictures, registry
from tests.factories.accounts import AT
from tests.factories.pictures import Folder
from tests.web.worlds import person

from touchmark.apps.blobs import actions as blobs
from touchmark.apps.blobs.display import MIDDLE, SMALL, WIDTHS
from touchmark.apps.catalog.models import ListingImage
from touchmark.engine.terms import NOBODYS, Role

pytestmark = pytest.mark.django_db
PHOTO = pictures.drawn(size=(1600, 1200), format="JPEG")


@pytest.fixture(autouse=True)
def blobs_folder(settings: Any, tmp_path: Path) -> None:
    settings.BLOBS = tmp_path / "blobs"


@pytest.fixture
def on_sale() -> str:
    """The digest of a listing's picture."""
    catalog.listing(images=["a.jpg"], pictures=Folder({"a.jpg": PHOTO}))
    return ListingImage.objects.get().blob_id or ""


def status(client: Client, sha256: str, width: int | str = MIDDLE) -> int:
    return int(client.get(f"/media/{sha256}/{width}").status_code)


@pytest.mark.parametrize("width", WIDTHS)
def test_a_picture_is_drawn_anew_and_runs_nothing(on_sale: str, width: int) -> None:
    client, _, _ = person(Role.REVIEWER, "Bazaar")
    answer = client.get(f"/media/{on_sale}/{width}")
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/webp")
    assert answer.content[8:12] == b"WEBP"
    assert answer["Cache-Control"] == "private, max-age=31536000, immutable"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert "Expires" not in answer


def test_who_may_see_a_listings_picture(on_sale: str) -> None:
    sees = {Role.REVIEWER, Role.POLICY_OWNER, Role.INVESTIGATOR, Role.HOLDER, Role.AGENT}
    for role in Role:
        if role not in NOBODYS:
            client = accounts.signed_in(accounts.member(role))
            assert (role, status(client, on_sale)) == (role, 200 if role in sees else 404)
    assert status(Client(), on_sale) == 404


def test_a_rights_picture_is_for_its_holder_and_the_review_team() -> None:
    client, vera, _ = person(Role.HOLDER, "Aldermoor Ltd")
    blob = blobs.keep(PHOTO, at=AT)
    registry.right(vera, image=blob.sha256)
    assert status(client, blob.sha256) == 200
    assert status(person(Role.REVIEWER, "Bazaar")[0], blob.sha256) == 200
    for role in (Role.HOLDER, Role.SELLER):
        assert status(person(role, "Somebody Else")[0], blob.sha256) == 404


def test_a_picture_that_nothing_shows_is_nobodys() -> None:
    blob = blobs.keep(PHOTO, at=AT)
    assert status(person(Role.REVIEWER, "Bazaar")[0], blob.sha256) == 404


@pytest.mark.parametrize("data", [pictures.HTML, pictures.TOO_LARGE, pictures.SVG_WITH_SCRIPT, b""])
def test_what_cannot_be_read_is_not_served_even_to_those_who_may_see_it(data: bytes) -> None:
    catalog.listing(images=["a"], pictures=Folder({"a": data}))
    sha256 = ListingImage.objects.get().blob_id or ""
    assert status(person(Role.REVIEWER, "Bazaar")[0], sha256) == 404


@pytest.mark.parametrize("width", [0, 97, 99999, "x", -1])
def test_no_other_width(on_sale: str, width: int | str) -> None:
    assert status(person(Role.REVIEWER, "Bazaar")[0], on_sale, width) == 404


@pytest.mark.parametrize("name", ["x", "0" * 64, "..%2f..%2fsecret.key", "%00", "%00" * 64])
def test_what_is_no_picture_is_not_there(name: str) -> None:
    client, _, _ = person(Role.REVIEWER, "Bazaar")
    answer = client.get(f"/media/{name}/{SMALL}")
    assert answer.status_code == 404
    assert "immutable" not in answer.get("Cache-Control", "")


def test_a_drawing_is_served_as_pixels() -> None:
    client, vera, _ = person(Role.HOLDER, "Aldermoor Ltd")
    blob = blobs.keep(pictures.SVG, at=AT)
    registry.right(vera, image=blob.sha256)
    answer = client.get(f"/media/{blob.sha256}/{MIDDLE}")
    assert (answer["Content-Type"], answer.content[:4]) == ("image/webp", b"RIFF")


def test_bytes_that_were_lost_are_a_page_not_a_fault(on_sale: str, blobs_folder: None, settings: Any) -> None:
    for file in Path(settings.BLOBS).rglob("*"):
        if file.is_file():
            file.unlink()
    assert status(person(Role.REVIEWER, "Bazaar")[0], on_sale) == 404
