"""What bad notices get: a right of another territory, one file under two names, another holder's right."""

from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from tests.factories import catalog, pictures, registry
from tests.factories.accounts import AT
from touchmark.apps.catalog.actions import Company
from touchmark.apps.catalog.naming import named
from touchmark.apps.notices import access, drafts, evidence
from touchmark.apps.notices.access import NoSuchNotice
from touchmark.apps.notices.actions import NoticeForm
from touchmark.apps.notices.evidence import Sent
from touchmark.apps.notices.models import Notice
from touchmark.apps.notices.reasons import NoticeReason
from touchmark.apps.registry.access import NoSuchRight
from touchmark.engine.lifecycle.table import NotYours
from touchmark.flows.report_listing import NothingToReport, Why, report_all

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_folders(settings: Any, tmp_path: Path) -> None:
    settings.BLOBS = tmp_path / "blobs"


def form() -> NoticeForm:
    return NoticeForm(NoticeReason.SUSPECTED_FAKE, "Not ours.", True, uuid4())


def test_a_right_of_another_territory_is_given_back_with_what_to_do_and_the_rest_is_filed() -> None:
    vera = registry.holder()
    right = registry.verified(vera, office="USPTO", number="97123456", territories=("US",))
    catalog.marketplace("bazaar", territories=["DE"])
    company = Company(established="US", calendar="us", zone="America/New_York")
    catalog.marketplace("harbor", territories=["US"], company=company)
    catalog.listing(listing_id="B-1")
    catalog.listing(on="harbor", listing_id="H-1")
    names = [named("bazaar:B-1"), named("harbor:H-1")]
    report = report_all(right=right.ref, listings=names, form=form(), actor=vera, at=AT)
    assert [(one.place, one.why) for one in report.refused] == [(1, Why.OUTSIDE_TERRITORY)]
    assert "Report it under a right that is good there." in report.refused[0].text
    assert [item.listing.listing_id for item in report.notice.items.all()] == ["H-1"]
    with pytest.raises(NothingToReport, match="not good in any country"):
        report_all(right=right.ref, listings=names[:1], form=form(), actor=vera, at=AT)


def test_one_file_under_two_names_is_one_file_and_shows_two_things_where_it_is_said_to() -> None:
    vera = registry.holder()
    draft = drafts.begin(right=registry.verified(vera), actor=vera, at=AT)
    invoice = pictures.drawn(format="JPEG")
    for name, kind in (("invoice.jpg", "evidence"), ("copy of invoice.jpg", "evidence"), ("a.jpg", "proof_of_right")):
        drafts.with_file(ref=draft.ref, file=Sent(invoice, name, kind), actor=vera, at=AT)
    kept = [(one.name, one.kind) for one in evidence.of(draft)]
    assert kept == [("invoice.jpg", "evidence"), ("a.jpg", "proof_of_right")]
    assert len({one.blob_id for one in evidence.of(draft)}) == 1


def test_somebody_elses_right_and_draft_are_not_there() -> None:
    vera, nils = registry.holder(), registry.holder()
    theirs = registry.verified(nils)
    catalog.listing(listing_id="B-1")
    with pytest.raises(NoSuchRight):
        report_all(right=theirs.ref, listings=[named("B-1")], form=form(), actor=vera, at=AT)
    with pytest.raises(NotYours):
        drafts.begin(right=theirs, actor=vera, at=AT)
    draft = drafts.begin(right=theirs, actor=nils, at=AT)
    with pytest.raises(NoSuchNotice):
        access.draft_for(vera, draft.ref)
    assert Notice.objects.count() == 1
