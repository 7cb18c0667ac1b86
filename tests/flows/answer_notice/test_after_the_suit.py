"""A suit ends, or nobody tells of it; and a court that rules after the listing was put back has it restricted again."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest

from tests.factories import accounts
from tests.factories.disputes import LATER, Dispute, dispute, form, picture
from tests.flows.answer_notice.said import DAY, due, orders, suit
from touchmark.apps.accounts.models import User
from touchmark.apps.counters.actions import GivenFile, IncompleteReply, NothingToAnswer
from touchmark.apps.counters.kinds import FileKind
from touchmark.apps.counters.models import CounterNotice, Suit
from touchmark.apps.counters.suits import NothingToKeep, RulingForm
from touchmark.apps.deadlines.models import Deadline
from touchmark.apps.decisions.actions import Choice, IncompleteDecision
from touchmark.apps.decisions.kinds import DecisionKind, Ground
from touchmark.apps.decisions.models import Decision
from touchmark.apps.inbox.models import Letter
from touchmark.engine.lifecycle.table import IllegalMove, NotYours
from touchmark.flows import answer_notice, keep_after_suit, retract_notice
from touchmark.flows.lapse import lapse_due

pytestmark = pytest.mark.django_db
TEXT = "The court finds for the holder."


def ruling(**changes: Any) -> RulingForm:
    said: dict[str, Any] = {"body": "District Court", "number": "26-cv-1", "ruled_on": date(2026, 8, 2)}
    return RulingForm(**said | {"files": (GivenFile(FileKind.RULING, picture(8)),)} | changes)


def returned(law: str = "us") -> tuple[Dispute, CounterNotice, Any]:
    """Let a listing return because nobody sued."""
    made = dispute(law)
    counter = made.answered()
    at = due(counter, "restore_earliest" if law == "us" else "suit_window" if law == "cn" else "holder_answer") + DAY
    lapse_due(at)
    assert made.status() == ("put_back", "put_back", "put_back")
    return made, counter, at


def choice(made: Dispute) -> Choice:
    return Choice(
        kind=DecisionKind.REMOVE,
        facts=TEXT,
        request_key=uuid4(),
        right=made.right,
        ground=Ground.LAW,
        ground_reference="Copyright Act",
        ground_explanation="The picture is the holder's.",
    )


@pytest.mark.parametrize("law", ["us", "cn", "platform"])
def test_a_ruling_after_the_return_has_the_listing_restricted_again(law: str) -> None:
    made, counter, at = returned(law)
    keep_after_suit.show_ruling(ref=counter.ref, form=ruling(), actor=made.vera, at=at)
    assert made.status() == ("ruled", "put_back", "put_back")  # nothing follows until somebody has looked
    assert Letter.objects.get(kind="counter_ruling").organisation_id == made.sam.organisation_id
    with pytest.raises(IncompleteReply):
        keep_after_suit.keep(ref=counter.ref, choice=choice(made), text=" ", actor=made.rita, at=at)
    with pytest.raises(IncompleteDecision):
        keep_after_suit.keep(ref=counter.ref, choice=None, text=TEXT, actor=made.rita, at=at)
    keep_after_suit.keep(ref=counter.ref, choice=choice(made), text=TEXT, actor=made.rita, at=at)
    assert made.status() == ("kept", "upheld", "put_back")  # the decision that was put back stays so
    anew = Decision.objects.get(status="in_force")
    assert list(anew.notices.all()) == [made.item]
    assert orders() == ["listing.restricted", "listing.restored", "listing.restricted"]
    assert Letter.objects.filter(kind="statement_of_reasons", about=anew.ref).exists()
    with pytest.raises(IllegalMove):
        keep_after_suit.keep(ref=counter.ref, choice=choice(made), text=TEXT, actor=made.rita, at=at)


def test_what_a_court_has_decided_is_answered_no_more() -> None:
    made, counter, at = returned()
    keep_after_suit.show_ruling(ref=counter.ref, form=ruling(), actor=made.vera, at=at)
    keep_after_suit.keep(ref=counter.ref, choice=choice(made), text=TEXT, actor=made.rita, at=at)
    with pytest.raises(NothingToAnswer):
        answer_notice.answer(item=made.item.ref, form=form("us"), actor=made.sam, at=at + DAY)


def test_a_ruling_that_says_nothing_of_the_listing_leaves_it_back_and_another_can_be_shown() -> None:
    made, counter, at = returned()
    keep_after_suit.show_ruling(ref=counter.ref, form=ruling(), actor=made.vera, at=at)
    with pytest.raises(IllegalMove):
        keep_after_suit.show_ruling(ref=counter.ref, form=ruling(), actor=made.vera, at=at)
    answer_notice.judge(ref=counter.ref, event="no_ruling", text="It is about another shop.", actor=made.rita, at=at)
    assert made.status() == ("put_back", "put_back", "put_back")
    keep_after_suit.show_ruling(ref=counter.ref, form=ruling(number="26-cv-9"), actor=made.vera, at=at)
    assert made.status()[0] == "ruled"


def test_a_ruling_is_followed_by_a_restriction_and_by_nothing_less() -> None:
    made, counter, at = returned()
    keep_after_suit.show_ruling(ref=counter.ref, form=ruling(), actor=made.vera, at=at)
    with pytest.raises(IllegalMove, match="restrict"):
        answer_notice.judge(ref=counter.ref, event="end_for_holder", text=TEXT, actor=made.rita, at=at)
    assert made.status() == ("ruled", "put_back", "put_back")


def test_what_was_shown_of_a_suit_or_a_ruling_is_looked_at_by_a_day() -> None:
    made = dispute("us")
    counter = made.answered()
    answer_notice.show_suit(ref=counter.ref, form=suit(), actor=made.vera, at=LATER + DAY)
    (look,) = Deadline.objects.filter(closed_at=None)
    assert (look.clock, look.subject) == ("look_at_suit", f"suit:{Suit.objects.get().ref}")
    answer_notice.judge(ref=counter.ref, event="take", actor=made.rita, at=LATER + 2 * DAY)
    assert {one.clock for one in Deadline.objects.filter(closed_at=None)} == {"suit_status"}
    made, counter, at = returned("cn")
    keep_after_suit.show_ruling(ref=counter.ref, form=ruling(), actor=made.vera, at=at)
    assert Deadline.objects.get(subject=f"counter:{counter.ref}", closed_at=None).clock == "look_at_ruling"
    answer_notice.judge(ref=counter.ref, event="no_ruling", text="Another shop.", actor=made.rita, at=at)
    assert not Deadline.objects.filter(subject=f"counter:{counter.ref}", closed_at=None).exists()


def test_a_ruling_lacks_nothing_and_is_shown_by_the_notifier_on_what_was_put_back() -> None:
    made = dispute("us")
    counter = made.answered()
    with pytest.raises(IllegalMove):
        keep_after_suit.show_ruling(ref=counter.ref, form=ruling(), actor=made.vera, at=LATER)
    lapse_due(due(counter, "restore_earliest") + DAY)
    at = LATER + 90 * DAY
    for wrong in (ruling(body=""), ruling(number=" "), ruling(files=()), ruling(ruled_on=date(2029, 1, 1))):
        with pytest.raises(IncompleteReply):
            keep_after_suit.show_ruling(ref=counter.ref, form=wrong, actor=made.vera, at=at)
    for stranger in (made.sam, made.rita):
        with pytest.raises(NotYours):
            keep_after_suit.show_ruling(ref=counter.ref, form=ruling(), actor=stranger, at=at)


def test_what_was_taken_back_is_kept_by_no_ruling() -> None:
    made = dispute("us")
    counter = made.answered()
    retract_notice.retract(ref=made.item.ref, reason="We were wrong.", actor=made.vera, at=LATER + DAY)
    counter.refresh_from_db()
    with pytest.raises((IllegalMove, NothingToKeep)):
        keep_after_suit.show_ruling(ref=counter.ref, form=ruling(), actor=made.vera, at=LATER + 2 * DAY)


def test_nobody_tells_how_the_suit_stands_and_the_listing_returns() -> None:
    made = dispute("us")
    counter = made.answered()
    answer_notice.show_suit(ref=counter.ref, form=suit(), actor=made.vera, at=LATER + DAY)
    answer_notice.judge(ref=counter.ref, event="take", actor=made.rita, at=LATER + 2 * DAY)
    lapse_due(LATER + 200 * DAY)
    (silence,) = Deadline.objects.filter(closed_at=None)
    assert silence.clock == "suit_silence"
    assert silence.due_at is not None
    letter = Letter.objects.get(kind="counter_suit_asked")
    assert letter.content["by"] == silence.due_at.isoformat()
    assert lapse_due(silence.due_at - timedelta(hours=1)) == 0
    assert [lapse_due(silence.due_at + DAY) for _ in range(2)] == [1, 0]
    assert made.status() == ("put_back", "put_back", "put_back")
    assert Suit.objects.get().status == "ended"
    keep_after_suit.show_ruling(ref=counter.ref, form=ruling(), actor=made.vera, at=silence.due_at + 2 * DAY)
    assert made.status()[0] == "ruled"


def test_who_tells_in_time_keeps_the_listing_down() -> None:
    made = dispute("us")
    counter = made.answered()
    answer_notice.show_suit(ref=counter.ref, form=suit(), actor=made.vera, at=LATER + DAY)
    answer_notice.judge(ref=counter.ref, event="take", actor=made.rita, at=LATER + 2 * DAY)
    at = LATER + 200 * DAY
    lapse_due(at)
    answer_notice.tell_of_suit(ref=counter.ref, event="tell", text="Heard in May.", actor=made.vera, at=at + DAY)
    assert {one.clock for one in Deadline.objects.filter(closed_at=None)} == {"suit_status"}
    assert made.status() == ("held", "upheld", "in_force")


def test_a_holder_and_a_reviewer_do_it_on_pages() -> None:
    made, counter, _ = returned()
    vera, rita = (accounts.signed_in(User.objects.get(pk=who.user_id)) for who in (made.vera, made.rita))
    page = vera.get(f"/holder/answers/{counter.ref}/").content.decode()
    assert "A court has ruled for me since" in page
    from django.core.files.uploadedfile import SimpleUploadedFile

    from tests.factories.pictures import drawn

    asked = {"do": "ruling", "body": "District Court", "number": "26-cv-1", "ruled_on": "2026-09-01"}
    assert vera.post(f"/holder/answers/{counter.ref}/", asked).status_code == 422
    file = SimpleUploadedFile("ruling.png", drawn(8), "image/png")
    assert vera.post(f"/holder/answers/{counter.ref}/", asked | {"file_1": file}).status_code == 302
    desk = f"/desk/answers/{counter.ref}/"
    assert "Which law or term" in rita.get(desk).content.decode()
    said = {"event": "end_for_holder", "text": TEXT, "kind": "remove", "ground": "law"}
    assert rita.post(desk, said).status_code == 422
    law = {"ground_reference": "17 U.S.C. 106", "ground_explanation": "The picture is the holder's."}
    assert rita.post(desk, said | law).status_code == 302
    assert made.status() == ("kept", "upheld", "put_back")
