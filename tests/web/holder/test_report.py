"""Reporting listings: right, listings, reason, words, check; kept at each step, sent once; nothing of others seen."""

from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import Workbook
from tests.factories import accounts, catalog, documents, pictures, registry
from tests.factories.accounts import AT, PASSWORD
from tests.web import worlds
from tests.web.worlds import DAY

from touchmark.apps.catalog.actions import Company
from touchmark.apps.catalog.models import Listing, Seller
from touchmark.apps.notices.models import Draft, Evidence, Notice, NoticeItem, NoticeTemplate
from touchmark.apps.registry.models import Right
from touchmark.apps.screening import actions as screening
from touchmark.engine.terms import Actor, RightKind, Role
from touchmark.web import clock

pytestmark = pytest.mark.django_db

STATEMENT = "The clasp in picture 2 has a round rivet.\n\nOurs is square <b>"


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: AT + DAY)


@pytest.fixture
def holder() -> tuple[Client, Actor]:
    client, actor, _ = worlds.person(Role.HOLDER, "Aldermoor")
    return client, actor


@pytest.fixture
def client(holder: tuple[Client, Actor]) -> Client:
    return holder[0]


@pytest.fixture
def right(holder: tuple[Client, Actor]) -> Right:
    return registry.verified(holder[1], text="ALDERMOOR", office="EUIPO", number="017912345")


@pytest.fixture
def listing() -> Listing:
    return catalog.listing(listing_id="4711", title="A teapot", url="https://bazaar.example/item/4711")


def told(answer: Any) -> str:
    return worlds.words_of(answer.content.decode())


def begun(client: Client, right: Right) -> str:
    """Begin a draft, and give the address below which its steps lie."""
    answer = client.post("/holder/report/", {"right": right.ref})
    assert answer.status_code == 302, told(answer)
    return str(answer.headers["Location"]).removesuffix("listings/")


def written(client: Client, right: Right, *listings: str, reason: str = "suspected_fake", **said: Any) -> str:
    """Write a draft up to its last step."""
    draft = begun(client, right)
    client.post(f"{draft}listings/", {"pasted": "\n".join(listings), "do": "add"})
    client.post(f"{draft}reason/", {"reason": reason})
    answer = client.post(f"{draft}words/", {"statement": STATEMENT, "do": "next"} | said)
    assert answer.status_code == 302, told(answer)
    return draft


def test_the_whole_way(client: Client, right: Right, listing: Listing) -> None:
    assert "ALDERMOOR · word mark · EUIPO 017912345" in told(client.get("/holder/report/"))
    draft = begun(client, right)
    named = client.post(f"{draft}listings/", {"pasted": "https://www.bazaar.example/item/4711/?utm_source=mail"})
    assert named.headers["Location"] == f"{draft}listings/"
    assert "1 listing can be reported" in told(client.get(f"{draft}listings/"))
    on = client.post(f"{draft}listings/", {"do": "next"})
    assert on.headers["Location"] == f"{draft}reason/"
    assert "I suspect that the goods are not genuine" in told(client.get(f"{draft}reason/"))
    client.post(f"{draft}reason/", {"reason": "suspected_fake"})
    assert "what differs from the genuine product" in told(client.get(f"{draft}words/"))
    client.post(f"{draft}words/", {"statement": STATEMENT, "shared": ["name"], "do": "next"})
    checked = client.get(f"{draft}check/")
    for said in (
        "ALDERMOOR",
        "A teapot",
        "I suspect that the goods",
        "has a round rivet.",
        "My name",
        "Digital Services Act",
    ):
        assert said in told(checked)
    assert "<b>" not in checked.content.decode()
    assert not NoticeItem.objects.exists()  # nothing is sent yet
    sent = client.post(f"{draft}check/", {"good_faith": "on"}, follow=True)
    notice = NoticeItem.objects.get()
    assert sent.redirect_chain == [(f"/holder/notices/{notice.ref}/sent/", 302)]
    assert "What happens next" in told(sent)
    assert (notice.statement, notice.reason, notice.notice.good_faith) == (STATEMENT, "suspected_fake", True)
    assert notice.notice.shared == ["name"]
    assert not Draft.objects.exists()


def test_sent_twice_it_is_one_notice(client: Client, right: Right, listing: Listing) -> None:
    draft = written(client, right, "4711")
    first, second = (client.post(f"{draft}check/", {"good_faith": "on"}) for _ in range(2))
    assert NoticeItem.objects.count() == 1
    assert first.headers["Location"] == second.headers["Location"]


def test_what_cannot_be_reported_stays_out_and_is_given_back_as_a_file(client: Client, right: Right) -> None:
    for number in (1, 2):
        catalog.listing(listing_id=f"S-{number}", title=f"Bag {number}")
    catalog.listing(on="agora", listing_id="S-2")
    case = worlds.restricted(facts="Plantedfacts", title="A restricted teapot")
    draft = begun(client, right)
    pasted = f"S-1, S-2 bazaar: S-2\nbazaar:{case.listing.listing_id}\nhttps://elsewhere.example/1\n=cmd()"
    client.post(f"{draft}listings/", {"pasted": pasted})
    page = told(client.get(f"{draft}listings/"))
    assert "2 listings can be reported" in page
    assert "4 cannot be reported" in page
    assert "lanted" not in page
    file = client.get(f"{draft}refused.csv")
    rows = file.content.decode("utf-8-sig").splitlines()
    assert rows[0] == "row,field,given,reason,remedy"
    assert rows[1].startswith("2,listing_id,S-2,More than one marketplace has a listing of this number.,")
    assert rows[2].startswith(f"4,listing_id,bazaar:{case.listing.listing_id},This listing is restricted already.")
    assert rows[3].startswith("5,url,https://elsewhere.example/1,No marketplace that we watch over has this listing.")
    assert rows[4].startswith("6,listing_id,'=cmd(),")  # no spreadsheet computes it
    client.post(f"{draft}listings/", {"place": ["2", "4", "5", "6", "x"], "do": "out"})
    assert "cannot be reported" not in told(client.get(f"{draft}listings/"))


def test_301_listings_are_refused_and_nothing_is_lost(client: Client, right: Right, listing: Listing) -> None:
    draft = begun(client, right)
    client.post(f"{draft}listings/", {"pasted": "4711"})
    answer = client.post(f"{draft}listings/", {"pasted": "\n".join(f"L-{n}" for n in range(300))})
    assert answer.status_code == 422
    assert told(answer).count("These are 301 listings; a notice names at most 300.") == 2
    assert "L-299" in answer.content.decode()  # still in the field
    assert len(Draft.objects.get().listed) == 1


def sheet(*rows: tuple[object, ...], name: str = "list.xlsx") -> SimpleUploadedFile:
    book, file = Workbook(), BytesIO()
    for row in rows:
        book.active.append(row)  # type: ignore[union-attr]
    book.save(file)
    return SimpleUploadedFile(name, file.getvalue())


def test_a_spreadsheet_is_read_and_its_useless_rows_are_given_back(
    client: Client, right: Right, listing: Listing
) -> None:
    draft = begun(client, right)
    file = sheet(
        ("Marketplace", "商品编号"), ("Bazaar", 4711), ("bazaar", AT.date()), ("bazaar", None), ("bazaar", 10**16)
    )
    client.post(f"{draft}listings/", {"file": file, "do": "next"})
    page = told(client.get(f"{draft}listings/"))
    assert "1 listing can be reported" in page
    assert "3 rows of list.xlsx could not be used." in page
    rows = client.get(f"{draft}refused.csv").content.decode("utf-8-sig").splitlines()
    assert [row.split(",")[:2] for row in rows[1:]] == [["3", "listing_id"], ["4", "listing_id"], ["5", "listing_id"]]


@pytest.mark.parametrize(
    ("file", "says"),
    [
        (SimpleUploadedFile("list.xlsx", b"PK\x03\x04rubbish"), "damaged, or locked with a password"),
        (SimpleUploadedFile("list.csv", "链接\nhttps://a.example/1".encode("gb18030")), "neither UTF-8 text nor a"),
        (SimpleUploadedFile("list.xls", b"\xd0\xcf\x11\xe0rubbish"), "save it as XLSX without a password"),
    ],
)
def test_a_file_that_cannot_be_read_says_what_to_do(
    client: Client, right: Right, file: SimpleUploadedFile, says: str
) -> None:
    draft = begun(client, right)
    answer = client.post(f"{draft}listings/", {"file": file})
    assert answer.status_code == 422
    assert says in told(answer)


def test_listings_in_which_screening_found_the_right_are_offered(client: Client, right: Right) -> None:
    catalog.listing(listing_id="F-1", title="ALDERMOOR leather bag")
    catalog.listing(listing_id="F-2", title="A plain bag")
    screening.screen_catalogue(at=AT)
    draft = begun(client, right)
    page = client.get(f"{draft}listings/")
    assert [found.listing_id for found in page.context["found"]] == ["F-1"]
    client.post(f"{draft}listings/", {"listing": ["bazaar:F-1"], "do": "chosen"})
    again = client.get(f"{draft}listings/")
    assert again.context["found"] == []
    assert "1 listing can be reported" in told(again)


def test_reasons_are_those_of_the_kind_of_right_and_never_the_price(
    holder: tuple[Client, Actor], listing: Listing
) -> None:
    client, actor = holder
    patent = registry.verified(actor, text="Folding clasp", kind=RightKind.PATENT)
    draft = begun(client, patent)
    client.post(f"{draft}listings/", {"pasted": "4711"})
    page = told(client.get(f"{draft}reason/"))
    assert "The goods use our patented invention" in page
    assert "not genuine" not in page
    assert "That goods are sold below a price that you set infringes no right." in page
    for wrong in ("price", "suspected_fake", ""):
        assert client.post(f"{draft}reason/", {"reason": wrong}).status_code == 200
    assert Notice.objects.get().reason == ""


def test_a_patent_notice_without_a_claim_chart_waits_and_one_with_a_file_does_not(
    holder: tuple[Client, Actor], listing: Listing
) -> None:
    client, actor = holder
    patent = registry.verified(actor, text="Folding clasp", kind=RightKind.PATENT)
    draft = written(client, patent, "4711", reason="uses_invention")
    assert "Still missing A claim chart" in told(client.get(f"{draft}check/"))
    chart = SimpleUploadedFile("chart.jpg", pictures.drawn(format="JPEG"))
    client.post(f"{draft}words/", {"statement": STATEMENT, "do": "file", "kind": "claim_chart", "file": chart})
    checked = told(client.get(f"{draft}check/"))
    assert "Still missing" not in checked
    assert "chart.jpg" in checked
    client.post(f"{draft}check/", {"good_faith": "on"})
    assert Notice.objects.get().status == "complete"


def test_files_are_kept_with_what_was_written_and_shown_to_nobody_else(
    client: Client, right: Right, listing: Listing
) -> None:
    draft = written(client, right, "4711")
    photo = SimpleUploadedFile("a<b>.png", pictures.drawn(format="PNG"))
    client.post(f"{draft}words/", {"statement": "Half a sent", "do": "file", "file": photo})
    kept = Evidence.objects.get()
    assert Notice.objects.get().statement == "Half a sent"
    address = f"/media/{kept.blob_id}/96"
    assert client.get(address).status_code == 200
    for role in (Role.HOLDER, Role.SELLER):
        other, _, _ = worlds.person(role, "Somebody else")
        assert other.get(address).status_code == 404
    assert Client().get(address).status_code == 404
    bad = client.post(
        f"{draft}words/", {"statement": "x", "do": "file", "file": SimpleUploadedFile("x.zip", b"PK\3\4")}
    )
    assert bad.status_code == 422
    assert "The file is an archive." in told(bad)
    pdf = SimpleUploadedFile("said.pdf", documents.invoice())
    client.post(f"{draft}words/", {"statement": "x", "do": "file", "file": pdf})
    shown = Evidence.objects.get(name="said.pdf")
    assert client.get(f"/media/{shown.first_page}/480").status_code == 200
    assert client.get(f"/media/{shown.blob_id}/480").status_code == 404  # the file itself is served to nobody
    client.post(f"{draft}words/", {"statement": "x", "do": "out", "file_key": str(kept.pk)})
    assert [one.name for one in Evidence.objects.all()] == ["said.pdf"]


def test_a_notice_over_two_laws_shows_them_and_asks_for_the_statements_of_each(holder: tuple[Client, Actor]) -> None:
    client, actor = holder
    right = registry.verified(actor, text="Poppy field", kind=RightKind.COPYRIGHT)
    company = Company(established="US", calendar="us", zone="America/New_York")
    catalog.marketplace("harbor", name="Harbor Goods", territories=["US"], company=company)
    catalog.listing(on="harbor", listing_id="H-1")
    catalog.listing(on="bazaar", listing_id="B-1")
    draft = written(
        client, right, "H-1", "B-1", reason="copied_picture", signature="Vera Stone", phone="+44 20 7946 0000"
    )
    page = told(client.get(f"{draft}check/"))
    assert "It stays one notice to you, and becomes 2 procedures" in page
    assert "Harbor Goods · 1 listing · Digital Millennium Copyright Act" in page
    assert "Bazaar · 1 listing · Digital Services Act" in page
    assert "Under penalty of perjury" in page
    assert "Still missing The work that was copied" in page
    client.post(f"{draft}check/", {"good_faith": "on", "statement_good_faith": "on", "statement_accuracy": "on"})
    notice = Notice.objects.get()
    assert notice.status == "incomplete"
    assert notice.particulars["statement_good_faith"] is True
    lacking = told(client.get(f"/holder/notices/{notice.ref}/complete/"))
    assert "The work that was copied" in lacking
    assert "Under penalty of perjury" in lacking
    assert "I have a good faith belief" not in lacking
    whole = told(client.get(f"/holder/notices/{notice.ref}/"))
    assert "Harbor Goods · Digital Millennium Copyright Act" in whole


def test_a_right_grounds_nothing_outside_its_territory(holder: tuple[Client, Actor], listing: Listing) -> None:
    client, actor = holder
    japanese = registry.verified(actor, text="ALDERMOOR", office="JPO", territories=("JP",))
    draft = written(client, japanese, "4711")
    page = told(client.get(f"{draft}check/"))
    assert "The right is not good in any country where this listing is offered." in page
    refused = client.post(f"{draft}check/", {"good_faith": "on"})
    assert refused.status_code == 422
    assert "None of these listings can be reported." in told(refused)
    assert Draft.objects.exists()  # what was written is still there


def test_drafts_are_several_and_go_on_where_they_were_left(client: Client, right: Right, listing: Listing) -> None:
    first, second = written(client, right, "4711"), begun(client, right)
    page = told(client.get("/holder/drafts/"))
    assert page.count("ALDERMOOR") == 2
    assert "deleted after" in page
    assert client.get(f"{second}check/").status_code == 302
    client.post(f"{first}delete/")
    assert client.get(f"{first}check/").status_code == 404
    kept = Notice.objects.exclude(status="draft").get()
    assert (kept.status, kept.statement) == ("withdrawn", "")
    assert told(client.get("/holder/notices/")).startswith("Notices")


def test_a_template_begins_another_notice_and_signs_for_nobody(client: Client, right: Right, listing: Listing) -> None:
    draft = written(client, right, "4711", shared=["email"])
    client.post(f"{draft}template/", {"name": " Clasp \n"})
    kept = NoticeTemplate.objects.get()
    assert (kept.name, kept.statement, kept.shared) == ("Clasp", STATEMENT, ["email"])
    answer = client.post("/holder/report/", {"right": right.ref, "template": str(kept.pk)})
    words = answer.headers["Location"].replace("listings/", "words/")
    client.post(answer.headers["Location"], {"pasted": "4711"})
    assert client.get(words).context["form"].initial["statement"] == STATEMENT
    other, actor, _ = worlds.person(Role.HOLDER, "Somebody else")
    registry.verified(actor)
    assert "Clasp" not in told(other.get("/holder/report/"))
    assert other.post(f"/holder/templates/{kept.pk}/delete/").status_code == 404
    client.post(f"/holder/templates/{kept.pk}/delete/")
    assert not NoticeTemplate.objects.exists()


def test_of_the_seller_the_shops_public_name_is_shown_and_no_more(client: Client, right: Right) -> None:
    listing = catalog.listing(listing_id="88", seller_id="s-88", title="ALDERMOOR teapot")
    Seller.objects.filter(pk=listing.seller_id).update(
        name="متجر الأباريق", trader="Plantedname GmbH", country="CN", standing="planted", identity_tokens=["planted"]
    )
    screening.screen_catalogue(at=AT)
    draft = begun(client, right)
    pages = [client.get(f"{draft}listings/")]
    draft = written(client, right, "88")
    pages += [client.get(f"{draft}{step}/") for step in ("listings", "reason", "words", "check")]
    pages.append(client.post(f"{draft}check/", {"good_faith": "on"}, follow=True))
    for page in pages:
        assert page.status_code == 200
        assert "lanted" not in page.content.decode()


@pytest.mark.parametrize(
    ("said", "mend"),
    [
        ({"statement": "  "}, "Say why the listings infringe your right"),
        ({"statement": "x" * 10_001}, "That is longer than 10000 characters"),
    ],
)
def test_what_is_missing_is_said(
    client: Client, right: Right, listing: Listing, said: dict[str, str], mend: str
) -> None:
    draft = written(client, right, "4711")
    assert told(client.post(f"{draft}words/", {"do": "next"} | said)).count(mend) == 2  # on top and beside the field
    assert "Confirm that what you say is accurate and complete." in told(client.post(f"{draft}check/", {"x": "y"}))
    assert not NoticeItem.objects.exists()


def test_only_verified_rights_of_ones_own_are_offered(holder: tuple[Client, Actor], listing: Listing) -> None:
    client, actor = holder
    assert "You have no verified right yet" in told(client.get("/holder/report/"))
    waiting = registry.right(actor, text="WAITINGMARK")
    registry.verified(actor, text="OURS")
    theirs = registry.verified(text="PLANTEDMARK")
    page = client.get("/holder/report/")
    assert "WAITINGMARK" not in told(page)
    assert "PLANTED" not in page.content.decode()
    for right in (waiting, theirs):
        answer = client.post("/holder/report/", {"right": right.ref})
        assert answer.status_code == 200
        assert "PLANTED" not in answer.content.decode()
    assert not Notice.objects.exists()


def test_a_holder_of_many_rights_looks_for_one(holder: tuple[Client, Actor]) -> None:
    client, actor = holder
    reviewer = accounts.actor(Role.REVIEWER)
    for number in range(23):
        registry.verified(actor, by=reviewer, text=f"MARK {number:02}", number=f"0179{number:02}")
    page = told(client.get("/holder/report/"))
    assert "20 of 23 are shown." in page
    assert "MARK 22" not in page
    assert "MARK 22" in told(client.get("/holder/report/?q=mark+22"))
    assert "MARK 07" in told(client.get("/holder/report/?q=017907"))
    assert "None of your verified rights has “nonsense”" in told(client.get("/holder/report/?q=nonsense"))


@pytest.mark.parametrize("role", [Role.SELLER, Role.REVIEWER, Role.HOLDER])
def test_others_do_not_come_in(role: Role, client: Client, right: Right, listing: Listing) -> None:
    draft = written(client, right, "4711")
    other, _, _ = worlds.person(role, "Somebody else")
    barred = 404 if role == Role.HOLDER else 403
    for step in ("listings", "reason", "words", "check", "delete"):
        for answer in (other.get(f"{draft}{step}/"), other.post(f"{draft}{step}/", {"good_faith": "on"})):
            assert answer.status_code == barred
        assert Client().get(f"{draft}{step}/").headers["Location"].startswith("/sign-in")
    assert other.get(f"{draft}refused.csv").status_code == barred
    assert not NoticeItem.objects.exists()


def test_an_agent_reports_in_the_holders_name(holder: tuple[Client, Actor], right: Right, listing: Listing) -> None:
    organisation = registry.organisation_of(holder[1])
    agent = accounts.signed_in(accounts.member(Role.AGENT, of=organisation))
    agent.post(f"{written(agent, right, '4711')}check/", {"good_faith": "on"})
    assert NoticeItem.objects.get().holder == organisation


def test_what_was_written_is_there_after_the_session_ran_out(
    holder: tuple[Client, Actor], right: Right, listing: Listing
) -> None:
    vera = accounts.member(Role.HOLDER, of=registry.organisation_of(holder[1]))
    address = f"{written(holder[0], right, '4711')}words/"
    browser = Client()
    sent_away = browser.post(address, {"statement": "Newer words", "do": "next"})
    back = browser.post(sent_away.headers["Location"], {"login": vera.email, "password": PASSWORD})
    assert back.headers["Location"] == address
    page = browser.get(address)
    assert "You were signed out while you wrote." in told(page)
    assert page.context["form"].initial["statement"] == "Newer words"


def test_the_first_page_names_what_is_incomplete_with_its_day_and_what_is_not_sent(
    holder: tuple[Client, Actor], listing: Listing
) -> None:
    client, actor = holder
    patent = registry.verified(actor, text="Folding clasp", kind=RightKind.PATENT)
    draft = written(client, patent, "4711", reason="uses_invention")
    assert "1 draft is not sent yet" in told(client.get("/holder/"))
    sent = told(client.post(f"{draft}check/", {"good_faith": "on"}, follow=True))
    assert "You give what the law still asks for; then the notice is judged." in sent
    assert "After that the notice lapses" in sent
    page = told(client.get("/holder/"))
    assert f"Complete notice {Notice.objects.get().ref}" in page
    assert "After that the notice lapses" in page
    assert "Decided lately" not in page
    assert "draft is not sent" not in page
