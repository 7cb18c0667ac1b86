"""The words of a notice: reasons for each kind of right, files, and the statements that each law asks for."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.factories import catalog, documents, pictures, registry
from tests.web import worlds
from tests.web.holder.report.written import STATEMENT, begun, told, written

from touchmark.apps.catalog.actions import Company
from touchmark.apps.catalog.models import Listing
from touchmark.apps.notices.models import Draft, Evidence, Notice
from touchmark.apps.registry.models import Right
from touchmark.engine.terms import Actor, RightKind, Role

pytestmark = pytest.mark.django_db


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


def test_what_every_notice_says_is_not_asked_for_twice(client: Client, right: Right, listing: Listing) -> None:
    """The statement is why; the declaration says what the law of the Union and platform policy want declared."""
    draft = begun(client, right)
    client.post(f"{draft}listings/", {"pasted": "4711", "do": "add"})
    client.post(f"{draft}reason/", {"reason": "suspected_fake"})
    page = client.get(f"{draft}words/")
    assert page.text.count("<textarea") == 2  # why, and whether the goods can injure somebody
    assert "asks for the following too" not in told(page)
    client.post(f"{draft}words/", {"statement": STATEMENT, "do": "next"})
    assert client.get(f"{draft}check/").text.count('type="checkbox"') == 1
    client.post(f"{draft}check/", {"good_faith": "on"})
    assert Notice.objects.get().status == "complete"


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
