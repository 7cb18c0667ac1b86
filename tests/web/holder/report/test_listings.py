"""Reporting listings: named by address, by hand or by a file; sent once, and what cannot be reported is given back."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.factories import catalog, registry
from tests.factories.accounts import AT
from tests.web import worlds
from tests.web.holder.report.written import STATEMENT, begun, sheet, told, written

from touchmark.apps.catalog.models import Listing
from touchmark.apps.notices.models import Draft, NoticeItem
from touchmark.apps.registry.models import Right
from touchmark.apps.screening import actions as screening
from touchmark.engine.terms import Actor

pytestmark = pytest.mark.django_db


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
    client.post(f"{draft}listings/", {"listing": ["bazaar:F-1"], "do": "add"})
    again = client.get(f"{draft}listings/")
    assert again.context["found"] == []
    assert "1 listing can be reported" in told(again)


def found_two(client: Client, right: Right) -> str:
    for number in ("F-1", "F-2"):
        catalog.listing(listing_id=number, title=f"ALDERMOOR leather bag {number}")
    screening.screen_catalogue(at=AT)
    return begun(client, right)


def test_what_is_offered_where_the_right_is_not_good_is_not_offered(
    client: Client, holder: tuple[Client, Actor]
) -> None:
    right = registry.verified(holder[1], text="ALDERMOOR", office="EUIPO", number="017912345", territories=["EU"])
    for number, country in (("F-1", "DE"), ("F-2", "US")):
        catalog.listing(listing_id=number, title="ALDERMOOR leather bag", offered_in=[country])
    screening.screen_catalogue(at=AT)
    page = client.get(f"{begun(client, right)}listings/")
    assert [found.listing_id for found in page.context["found"]] == ["F-1"]


def test_going_on_takes_along_what_is_ticked(client: Client, right: Right) -> None:
    draft = found_two(client, right)
    on = client.post(f"{draft}listings/", {"pasted": "bazaar:F-2", "listing": ["bazaar:F-1"], "do": "next"})
    assert on["Location"] == f"{draft}reason/"
    assert "2 listings can be reported" in told(client.get(f"{draft}listings/"))


def test_asking_for_others_keeps_what_is_ticked(client: Client, right: Right) -> None:
    draft = found_two(client, right)
    shown = client.post(f"{draft}listings/", {"listing": ["bazaar:F-1"], "q": "F-2", "do": "show"}, follow=True)
    assert "1 listing can be reported" in told(shown)
    assert [found.listing_id for found in shown.context["found"]] == ["F-2"]
    nothing_yet = client.post(f"{draft}listings/", {"q": "teapot", "do": "show"}, follow=True)
    assert "No listing that you could report has “teapot” in its title." in told(nothing_yet)


def test_listings_in_which_nothing_was_found_are_looked_for_by_the_words_of_their_titles(
    client: Client, right: Right
) -> None:
    draft = found_two(client, right)
    catalog.marketplace("other", name="Other")
    for number, about in (
        ("T-1", {}),
        ("T-2", {"on": "other"}),
        ("T-3", {}),
        ("T-4", {"title": "Teapots"}),
    ):
        catalog.listing(**{"listing_id": number, "title": "A plain teapot <b>"} | about)
    Listing.objects.filter(listing_id="T-3").update(gone_at=AT)
    page = client.get(f"{draft}listings/?q=TEAPOT")
    assert [(one.marketplace, one.listing_id) for one in page.context["others"]] == [
        ("other", "T-2"),
        ("bazaar", "T-1"),
    ]
    assert "Our screening did not find your right in them." in told(page)
    assert "teapot <b>" not in page.text
    both = client.get(f"{draft}listings/?q=aldermoor")
    assert (len(both.context["found"]), both.context["others"]) == (2, [])
    shown = client.post(f"{draft}listings/", {"listing": ["other:T-2"], "q": "teapot", "do": "show"}, follow=True)
    assert "1 listing can be reported" in told(shown)
    assert [one.listing_id for one in shown.context["others"]] == ["T-1"]
    assert client.get(f"{draft}listings/?q=<>…").status_code == 200


def test_later_steps_count_what_can_be_reported(client: Client, right: Right, listing: Listing) -> None:
    draft = begun(client, right)
    client.post(f"{draft}listings/", {"pasted": "4711\nnonsense\nhttps://elsewhere.example/1", "do": "add"})
    assert "1 listing (2 stay out)" in told(client.get(f"{draft}reason/"))
    client.post(f"{draft}reason/", {"reason": "suspected_fake"})
    assert "1 listing (2 stay out)" in told(client.get(f"{draft}words/"))


def test_a_file_that_cannot_be_read_unticks_nothing(client: Client, right: Right) -> None:
    draft = found_two(client, right)
    file = SimpleUploadedFile("list.xlsx", b"PK\x03\x04 no workbook")
    page = client.post(f"{draft}listings/", {"listing": ["bazaar:F-1"], "file": file, "do": "next"})
    assert page.status_code == 422
    assert page.content.decode().count("checked") == 1
