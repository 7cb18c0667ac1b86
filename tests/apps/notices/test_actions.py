"""Filing: what can be asked before anybody writes, and a form that is sent again."""

from uuid import uuid4

import pytest
from tests.factories import catalog, registry
from tests.factories.accounts import AT
from tests.web.worlds import decided, noticed

from touchmark.apps.accounts.models import Organisation
from touchmark.apps.inbox.models import Letter
from touchmark.apps.notices import actions
from touchmark.apps.notices.actions import AlreadyReported, NoticeForm, RightNotVerified
from touchmark.apps.notices.models import NoticeItem
from touchmark.apps.notices.reasons import NoticeReason
from touchmark.engine.lifecycle.table import NotYours
from touchmark.engine.terms import Actor, Role
from touchmark.flows.decide import NoticeAnswer
from touchmark.flows.report_listing import NotOnSale, report, require_reportable

pytestmark = pytest.mark.django_db


@pytest.fixture
def holder() -> Actor:
    return registry.holder()


def test_what_cannot_be_reported_is_refused_before_anybody_writes(holder: Actor) -> None:
    listing, right = catalog.listing(), registry.verified(holder)
    require_reportable(right=right, listing=listing, actor=holder, on=AT.date())
    with pytest.raises(RightNotVerified):
        require_reportable(right=registry.right(holder, text="WAITING"), listing=listing, actor=holder, on=AT.date())
    with pytest.raises(NotYours):
        require_reportable(right=registry.verified(), listing=listing, actor=holder, on=AT.date())
    noticed(holder, right, listing)
    with pytest.raises(AlreadyReported):
        require_reportable(right=right, listing=listing, actor=holder, on=AT.date())
    restricted = catalog.listing()
    decided(restricted, right, registry.accounts.actor(Role.REVIEWER))
    with pytest.raises(NotOnSale):
        require_reportable(right=right, listing=restricted, actor=holder, on=AT.date())


def test_the_same_form_sent_again_after_the_listing_went_gives_the_notice_that_stands(holder: Actor) -> None:
    listing, right = catalog.listing(), registry.verified(holder)
    form = NoticeForm(NoticeReason.MARK_IN_TEXT, "The name is ours.", good_faith=True, request_key=uuid4())
    way = {"right": right.ref, "marketplace": "bazaar", "listing_id": listing.listing_id, "form": form}
    first = report(**way, actor=holder, at=AT)
    answers = {first.ref: NoticeAnswer(upheld=True, reasons="It is.")}
    decided(listing, right, registry.accounts.actor(Role.REVIEWER), answers=answers)
    assert report(**way, actor=holder, at=AT) == first
    assert NoticeItem.objects.count() == 1


def test_an_outcome_says_that_a_person_decided_and_where_else_to_turn(holder: Actor) -> None:
    """DSA, art. 16(5) and (6)."""
    catalog.marketplace("bazaar", regime="eu")
    listing, right = catalog.listing(), registry.verified(holder)
    notice = noticed(holder, right, listing)
    reviewer = registry.accounts.actor(Role.REVIEWER)
    actions.settle(notice=notice, event="refuse", reasons="It is a lawful reference.", actor=reviewer, at=AT)
    letter = Letter.objects.get(organisation=Organisation.objects.get(pk=holder.organisation_id), kind="notice_outcome")
    assert letter.content["automated_decision"] == "A person decided; no decision was made by a machine."
    assert "Article 21" in letter.content["out_of_court"]
    assert "court" in letter.content["court"]
