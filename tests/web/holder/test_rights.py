from typing import Any

import pytest
from django.conf import global_settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.factories import accounts, pictures, registry
from tests.factories.accounts import AT
from tests.web.worlds import person

from touchmark.apps.blobs.models import Blob
from touchmark.apps.registry import actions
from touchmark.apps.registry.models import Right
from touchmark.engine.lifecycle.right import RightStatus
from touchmark.engine.screening.image.header import MOST_BYTES
from touchmark.engine.terms import Actor, Role

pytestmark = pytest.mark.django_db
HANDLERS = global_settings.FILE_UPLOAD_HANDLERS
NEW = "/holder/rights/new/"
ALDERMOOR = {
    "kind": "word_mark",
    "text": "ALDERMOOR",
    "aliases": "Alder Moor\r\n\r\n奥德摩\r\nAlder Moor",
    "brand": "Aldermoor",
    "owner": "Aldermoor Ltd",
    "office": "EUIPO",
    "number": "017 654 321",
    "office_status": "registered",
    "registered_on": "2017-03-01",
    "expires_on": "2027-03-01",
    "nice_classes": "21, 8; 021",
    "territories": "us eu",
    "reference_price": "89.90",
    "currency": "eur",
    "authorised_sellers": "s-9",
    "picture_kept": "",
}


@pytest.fixture
def vera() -> tuple[Client, Actor]:
    client, actor, _ = person(Role.HOLDER, "Aldermoor Ltd")
    return client, actor


def picture(data: bytes = pictures.SVG, name: str = "logo.svg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)


def test_a_holder_enters_a_right(vera: tuple[Client, Actor]) -> None:
    client, actor = vera
    asked = client.get(NEW).content.decode()
    assert 'value="Aldermoor Ltd"' in asked
    answer = client.post(NEW, ALDERMOOR, follow=True)
    right = Right.objects.get()
    assert (right.holder_id, right.status, right.text) == (actor.organisation_id, RightStatus.SUBMITTED, "ALDERMOOR")
    assert (right.aliases, right.nice_classes, right.territories) == (["Alder Moor", "奥德摩"], [8, 21], ["EU", "US"])
    assert (str(right.reference_price), right.currency, right.authorised_sellers) == ("89.9000", "EUR", ["s-9"])
    assert right.brand
    assert (right.brand.name, right.office, right.number) == ("Aldermoor", "EUIPO", "017 654 321")
    assert answer.redirect_chain == [(f"/holder/rights/{right.ref}/", 302)]
    page = answer.content.decode()
    assert "Waits for a reviewer" in page
    assert "奥德摩" in page


def test_a_form_sent_twice_is_one_right(vera: tuple[Client, Actor]) -> None:
    client, _ = vera
    places = {client.post(NEW, ALDERMOOR | {"picture": picture()})["Location"] for _ in range(2)}
    assert (len(places), Right.objects.count()) == (1, 1)


@pytest.mark.parametrize(
    ("change", "field", "said"),
    [
        ({"text": ""}, "text", "Write the words of the mark"),
        ({"kind": "design", "text": "CHAIR"}, "picture", "Add the picture"),
        ({"kind": "copyright", "text": ""}, "text", "in words, or add a picture"),
        ({"kind": "trade_secret"}, "kind", "trade_secret"),
        ({"owner": " "}, "owner", "Fill in “Owner”"),
        ({"nice_classes": "18, 46"}, "nice_classes", "from 1 to 45"),
        ({"nice_classes": "toys"}, "nice_classes", "from 1 to 45"),
        ({"territories": "Europe"}, "territories", "“EUROPE” is no code of a country"),
        ({"registered_on": "31.3.2017"}, "registered_on", "year, month, day"),
        ({"expires_on": "2017-03-01"}, "expires_on", "expires before"),
        ({"reference_price": "12,90 €"}, "reference_price", "12.90, not “12,90 €”"),
        ({"reference_price": "-1"}, "reference_price", "in digits"),
        ({"reference_price": "1e9"}, "reference_price", "in digits"),
        ({"reference_price": "9" * 20}, "reference_price", "in digits"),
        ({"currency": ""}, "currency", "in which currency"),
        ({"currency": "€"}, "currency", "three letters"),
        ({"aliases": "x" * 301}, "aliases", "longer than 300"),
        ({"picture": picture(pictures.SVG_WITH_SCRIPT)}, "picture", "a script"),
        ({"picture": picture(pictures.HTML, "logo.png")}, "picture", "not a JPEG"),
        ({"picture": picture(pictures.TOO_LARGE, "logo.png")}, "picture", "152 million pixels"),
        ({"picture": picture(b"", "logo.png")}, "picture", "empty"),
    ],
)
def test_what_is_wrong_is_said_beside_the_field_and_on_top_and_nothing_is_lost(
    vera: tuple[Client, Actor], change: dict[str, Any], field: str, said: str
) -> None:
    client, _ = vera
    page = client.post(NEW, ALDERMOOR | change).content.decode()
    summary, _, form = page.partition('class="summary"')[2].partition("</div>")
    assert said in summary.replace("&#x27;", "'")
    assert f'href="#id_{field}"' in summary
    assert summary.count("<li>") == 1
    assert f'id="id_{field}_error"' in form
    assert not Right.objects.exists()
    assert 'value="017 654 321"' in page
    assert "Error:" in page.partition("</title>")[0]


def test_a_picture_is_not_asked_for_again_where_something_else_is_wrong(vera: tuple[Client, Actor]) -> None:
    client, _ = vera
    wrong = ALDERMOOR | {"kind": "figurative_mark", "owner": "", "picture": picture()}
    page = client.post(NEW, wrong)
    assert "<bdi>logo.svg</bdi> is here" in page.content.decode()
    token = page.context["form"]["picture_kept"].value()
    client.post(NEW, ALDERMOOR | {"kind": "figurative_mark", "picture_kept": token})
    right = Right.objects.get()
    assert right.image == Blob.objects.get()
    assert right.image_name == "logo.svg"


@pytest.mark.parametrize("limited", [True, False])
def test_a_picture_that_is_too_large_is_left_out_and_the_rest_is_kept(
    vera: tuple[Client, Actor], settings: Any, limited: bool
) -> None:
    client, _ = vera
    settings.FILE_UPLOAD_HANDLERS = [*(["touchmark.web.media.upload.LimitedUpload"] if limited else []), *HANDLERS]
    large = picture(b"\x89PNG\r\n\x1a\n" + bytes(MOST_BYTES), "large.png")
    page = client.post(NEW, {"picture": large} | ALDERMOOR)
    assert "larger than 30 MB" in page.content.decode()
    assert 'value="017 654 321"' in page.content.decode()
    assert ("picture" in page.context["form"].files) is not limited
    assert not Right.objects.exists()


def test_a_picture_that_another_sent_cannot_be_claimed(vera: tuple[Client, Actor]) -> None:
    client, _ = vera
    wrong = ALDERMOOR | {"kind": "figurative_mark", "owner": "", "picture": picture()}
    token = client.post(NEW, wrong).context["form"]["picture_kept"].value()
    mallory, _, _ = person(Role.HOLDER, "Mallory Inc")
    for claimed in (token, Blob.objects.get().pk, token[:-2] + "xx"):
        page = mallory.post(NEW, ALDERMOOR | {"kind": "figurative_mark", "picture_kept": claimed})
        assert "Add the picture" in page.content.decode()
    assert not Right.objects.exists()


def test_html_in_a_mark_is_shown_as_it_is_written(vera: tuple[Client, Actor]) -> None:
    client, _ = vera
    page = client.post(NEW, ALDERMOOR | {"text": "<script>alert(1)</script>"}, follow=True).content.decode()
    listed = client.get("/holder/rights/").content.decode()
    for shown in (page, listed):
        assert "&lt;script&gt;alert(1)&lt;/script&gt;" in shown
        assert "<script>alert(1)" not in shown


def test_a_right_is_corrected_on_the_same_form_and_looked_at_again(vera: tuple[Client, Actor]) -> None:
    client, _ = vera
    client.post(NEW, ALDERMOOR | {"picture": picture()})
    right = Right.objects.get()
    rita = accounts.actor(Role.REVIEWER)
    actions.decline(ref=right.ref, seen=right.digest, reason="The number is another's.", actor=rita, at=AT)
    page = client.get(f"/holder/rights/{right.ref}/").content.decode()
    assert "The number is another&#x27;s." in page
    form = client.get(f"/holder/rights/{right.ref}/change/").content.decode()
    for value in ("ALDERMOOR", "Alder Moor\n奥德摩", "2017-03-01", "8, 21", "EU, US", "89.9", "logo.svg"):
        assert value in form
    client.post(f"/holder/rights/{right.ref}/change/", ALDERMOOR | {"number": "018"})
    kept = Right.objects.get()
    assert (kept.number, kept.status, kept.image_id) == ("018", RightStatus.SUBMITTED, right.image_id)


def test_a_change_of_nothing_is_said_to_be_none(vera: tuple[Client, Actor]) -> None:
    client, _ = vera
    client.post(NEW, ALDERMOOR)
    right = Right.objects.get()
    actions.verify(ref=right.ref, seen=right.digest, actor=accounts.actor(Role.REVIEWER), at=AT)
    page = client.post(f"/holder/rights/{right.ref}/change/", ALDERMOOR, follow=True).content.decode()
    assert "Nothing was different" in page
    assert Right.objects.get().status == RightStatus.VERIFIED


def test_a_right_is_withdrawn_after_a_question(vera: tuple[Client, Actor]) -> None:
    client, actor = vera
    right = registry.right(actor)
    address = f"/holder/rights/{right.ref}/withdraw/"
    assert "cannot be undone" in client.get(address).content.decode()
    assert Right.objects.get().status == RightStatus.SUBMITTED
    assert "no longer screened for it" in client.post(address, follow=True).content.decode()
    assert "withdrawn already" in client.post(address, follow=True).content.decode()
    assert client.get(f"/holder/rights/{right.ref}/change/")["Location"] == f"/holder/rights/{right.ref}/"


def test_another_holders_rights_are_not_there(vera: tuple[Client, Actor]) -> None:
    client, _ = vera
    theirs = registry.holder("Zinnober & Sons")
    planted = registry.verified(theirs, text="ZINNOBERMARK", number="ZINNOBER-1", owner="Zinnober")
    listed = "".join(client.get("/holder/rights/", {"q": words}).content.decode() for words in ("ZIN", ""))
    for tail in ("", "change/", "withdraw/"):
        for ask in (client.get, client.post):
            answer = ask(f"/holder/rights/{planted.ref}/{tail}")
            assert answer.status_code == 404
            listed += answer.content.decode()
    assert "zinnober" not in listed.lower()
    assert Right.objects.get().status == RightStatus.VERIFIED


def test_the_list_finds_by_words_and_state(vera: tuple[Client, Actor], django_assert_max_num_queries: Any) -> None:
    client, actor = vera
    for number in range(60):
        registry.right(actor, text=f"MARK {number}")
    registry.verified(actor, text="VERIFIEDMARK", number="0017")
    with django_assert_max_num_queries(20):
        page = client.get("/holder/rights/").content.decode()
    assert page.count("data-row") == 50
    assert client.get("/holder/rights/", {"page": 2}).content.decode().count("data-row") == 11
    assert client.get("/holder/rights/", {"status": "verified"}).content.decode().count("data-row") == 1
    assert client.get("/holder/rights/", {"q": "0017", "status": "nonsense"}).content.decode().count("data-row") == 1
    assert "None of your rights fits" in client.get("/holder/rights/", {"q": "nothing"}).content.decode()


def test_a_first_visit_says_what_to_do(vera: tuple[Client, Actor]) -> None:
    assert "Enter your first right" in vera[0].get("/holder/rights/").content.decode()


@pytest.mark.parametrize("role", [Role.SELLER, Role.REVIEWER, Role.OPERATOR, Role.AUTHORITY])
def test_these_pages_are_for_holders(role: Role) -> None:
    client = accounts.signed_in(accounts.member(role))
    right = registry.right()
    for address in ("/holder/rights/", NEW, f"/holder/rights/{right.ref}/"):
        assert client.get(address).status_code == 403


def test_what_was_written_outlives_the_session() -> None:
    stranger = Client()
    assert stranger.post(NEW, ALDERMOOR).status_code == 302
    assert stranger.session["put_aside"]["answers"]["number"] == "017 654 321"
    assert not Right.objects.exists()
