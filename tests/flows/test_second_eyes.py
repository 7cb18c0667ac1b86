"""Where two must look, nothing happens until a second person confirms it, on the listing as it was seen."""

from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from tests.factories import accounts, catalog, decisions
from tests.factories.decisions import LATER, Desk, acting
from tests.web.worlds import words_of
from touchmark.apps.appeals import actions as appeals
from touchmark.apps.catalog.models import Listing
from touchmark.apps.deadlines.models import Deadline
from touchmark.apps.decisions import queue
from touchmark.apps.decisions.actions import Choice
from touchmark.apps.decisions.kinds import DecisionKind, Ground
from touchmark.apps.decisions.models import Decision
from touchmark.apps.decisions.wanted import EVERYTHING
from touchmark.apps.desk import bulk, holds, proposals
from touchmark.apps.desk.bulk import SeenOne
from touchmark.apps.desk.due import Counts
from touchmark.apps.desk.models import Proposal
from touchmark.apps.desk.proposals import IncompleteAnswer, NoSuchProposal, OwnProposal, ProposedAlready
from touchmark.apps.outbox.models import Message
from touchmark.apps.screening import queries as screened
from touchmark.engine.lifecycle.table import AlreadyThere, IllegalMove, NotYours
from touchmark.engine.policy import second_eyes as policy
from touchmark.engine.terms import Reach, Role
from touchmark.flows import decide_many
from touchmark.flows.decide import Seen
from touchmark.flows.lapse import lapse_due
from touchmark.flows.second_eyes import confirm, decide_or_propose, send_back
from touchmark.web import clock
from touchmark.web.desk import words

HOUR = timedelta(hours=1)


@pytest.fixture
def made(db: None, settings: Any, tmp_path: Path) -> Desk:
    settings.BLOBS, settings.SNAPSHOTS, settings.SHARDS = (tmp_path / name for name in ("blobs", "snaps", "shards"))
    return decisions.desk()


def choice(made: Desk, **said: Any) -> Choice:
    whole = {
        "kind": DecisionKind.REMOVE,
        "facts": "The title hides the mark.",
        "request_key": uuid4(),
        "right": made.mark,
        "ground": Ground.LAW,
        "ground_reference": "Regulation (EU) 2017/1001, art. 9(2)",
        "ground_explanation": "The sign is used for goods that the mark protects.",
    }
    return Choice(**whole | said)


def asked(made: Desk, name: str = "disguised", *, asked: bool = True, **said: Any) -> Decision | Proposal:
    listing = made[name]
    listing.refresh_from_db()
    assessment = screened.current(listing)
    assert assessment is not None
    seen = Seen(listing.digest, None if assessment.settled_at else assessment.pk, frozenset())
    slug = listing.marketplace.slug
    whole = {"choice": choice(made, **said), "seen": seen, "answers": {}, "asked": asked, "actor": acting(made.rita)}
    return decide_or_propose(marketplace=slug, listing_id=listing.listing_id, at=LATER, **whole)  # type: ignore[arg-type]


def proposed(made: Desk, **said: Any) -> Proposal:
    found = asked(made, **said)
    assert isinstance(found, Proposal)
    return found


def test_one_pair_of_eyes_is_enough_where_nobody_asks_for_two(made: Desk) -> None:
    assert isinstance(asked(made, asked=False), Decision)


def test_what_very_many_bought_is_restricted_by_two(made: Desk) -> None:
    Listing.objects.filter(pk=made["disguised"].pk).update(sold_count=5000)
    proposal = proposed(made, asked=False)
    assert proposal.because == "widely_sold"
    assert not Decision.objects.exists()
    assert not Message.objects.filter(kind="webhook").exists()
    assert "L-disguised" in queue.all_waiting().values_list("listing__listing_id", flat=True)
    done = confirm(ref=proposal.ref, actor=acting(made.ravi), at=LATER)
    decision = Decision.objects.get()
    assert (done.status, done.decision) == ("confirmed", decision)
    assert (decision.decided_by, decision.approved_by, decision.status) == (made.rita, made.ravi, "in_force")
    assert decision.statement.content["facts"] == "The title hides the mark."
    assert Message.objects.filter(kind="webhook").count() == 1


def test_neither_of_the_two_answers_the_appeal(made: Desk) -> None:
    confirm(ref=proposed(made).ref, actor=acting(made.ravi), at=LATER)
    appeal = decisions.appeal(made, Decision.objects.get())
    for person in (made.rita, made.ravi):
        with pytest.raises(appeals.OwnDecision):
            appeals.answer(appeal=appeal, event="uphold", text="It stands.", actor=acting(person), at=LATER)


def test_nobody_is_their_own_second_pair_of_eyes(made: Desk) -> None:
    proposal = proposed(made)
    with pytest.raises(OwnProposal):
        confirm(ref=proposal.ref, actor=acting(made.rita), at=LATER)
    with pytest.raises(OwnProposal):
        send_back(ref=proposal.ref, words="No.", actor=acting(made.rita), at=LATER)
    assert list(proposals.waiting(acting(made.rita))) == []
    assert list(proposals.waiting(acting(made.ravi))) == [proposal]
    with pytest.raises(NotYours):
        confirm(ref=proposal.ref, actor=acting(made.paul), at=LATER)
    with pytest.raises(NoSuchProposal):
        confirm(ref=proposal.ref, actor=made.vera, at=LATER)


def test_a_proposal_beyond_ones_reach_is_neither_seen_nor_confirmed(made: Desk) -> None:
    proposal = proposed(made)
    elsewhere = Reach(marketplaces=frozenset({"lumina"}))
    limited = replace(acting(made.ravi), limits=((Role.REVIEWER, elsewhere),))
    assert list(proposals.waiting(limited)) == []
    for take in (confirm, partial(send_back, words="No.")):
        with pytest.raises(NoSuchProposal):
            take(ref=proposal.ref, actor=limited, at=LATER)


def test_a_listing_that_changed_since_overtakes_the_proposal(made: Desk) -> None:
    proposal = proposed(made)
    catalog.listing(listing_id="L-disguised", title="A teapot", price=3.0, currency="EUR", seller_id="blue-crate")
    done = confirm(ref=proposal.ref, actor=acting(made.ravi), at=LATER)
    assert (done.status, done.decision) == ("overtaken", None)
    assert not Decision.objects.exists()
    with pytest.raises(IllegalMove):
        confirm(ref=proposal.ref, actor=acting(made.ravi), at=LATER)


def test_sent_back_it_says_why_and_the_listing_is_anybodys(made: Desk) -> None:
    proposal = proposed(made)
    with pytest.raises(IncompleteAnswer):
        send_back(ref=proposal.ref, words=" ", actor=acting(made.ravi), at=LATER)
    send_back(ref=proposal.ref, words="The shop is authorised.", actor=acting(made.ravi), at=LATER)
    (back,) = proposals.sent_back(acting(made.rita))
    assert back.words == "The shop is authorised."
    with pytest.raises(AlreadyThere):
        send_back(ref=proposal.ref, words="Again.", actor=acting(made.ravi), at=LATER)
    assert isinstance(asked(made), Proposal)  # a new one may be made


def test_one_proposal_waits_on_a_listing_and_the_same_form_is_one(made: Desk) -> None:
    key = uuid4()
    assert asked(made, request_key=key) == asked(made, request_key=key)
    with pytest.raises(ProposedAlready):
        asked(made)


def test_the_proposer_is_not_given_it_again_and_many_leave_it_out(made: Desk) -> None:
    proposed(made)
    free = holds.free_for(acting(made.rita), EVERYTHING, after=None, at=LATER)
    assert "L-disguised" not in free.values_list("listing__listing_id", flat=True)
    listing, assessment = made["disguised"], screened.current(made["disguised"])
    assert assessment is not None
    seen = [SeenOne(listing.pk, listing.digest, assessment.pk)]
    many = bulk.ask(alike="picked", choice=choice(made), seen=seen, actor=acting(made.ravi), at=LATER)
    decide_many.carry_out(bulk=many, actor=acting(made.ravi), at=LATER)
    assert [(item.outcome, item.why) for item in bulk.items_of(many, acting(made.ravi))] == [
        ("left_out", "second_eyes")
    ]


def test_every_rule_has_words_for_reviewers() -> None:
    assert set(words.WHY_TWO) == {rule.id for rule in policy.rules()} | {proposals.ASKED}


def test_a_second_look_has_a_clock_of_two_business_days_that_stays_when_it_is_late(made: Desk) -> None:
    proposal = asked(made)
    assert isinstance(proposal, Proposal)
    runs = Deadline.objects.get(subject=f"proposal:{proposal.ref}")
    assert (runs.clock, proposals.due_of_each([proposal])) == ("second_approval", {proposal.ref: runs.due_at})
    assert runs.due_at is not None
    assert proposals.due(acting(made.ravi), LATER) == Counts(0, 0)
    assert proposals.due(acting(made.ravi), runs.due_at - HOUR) == Counts(1, 0)
    lapse_due(runs.due_at + HOUR)
    assert proposals.due(acting(made.ravi), runs.due_at + HOUR) == Counts(1, 1)
    assert Proposal.objects.get().status == "waits"  # nothing happens by itself
    confirm(ref=proposal.ref, actor=acting(made.ravi), at=runs.due_at + 2 * HOUR)
    assert proposals.due(acting(made.ravi), runs.due_at + 3 * HOUR) == Counts(0, 0)
    assert not Deadline.objects.filter(subject=f"proposal:{proposal.ref}", closed_at=None).exists()


def test_the_pages_propose_confirm_and_send_back(made: Desk) -> None:
    rita, ravi = (accounts.signed_in(person) for person in (made.rita, made.ravi))
    answer = decide_on(rita, "L-disguised", second_eyes="yes")
    assert "waits for a second pair of eyes" in answer
    proposal = Proposal.objects.get()
    assert "It waits for somebody else to confirm it." in rita.get("/desk/bazaar/L-disguised/").content.decode()
    assert "Rita Keller proposes: take it off sale" in ravi.get("/desk/bazaar/L-disguised/").content.decode()
    home = ravi.get("/desk/home/").content.decode()
    assert "The reviewer asks for a second pair of eyes." in home
    assert "Confirm it, or send it back by" in words_of(home)
    lead = accounts.signed_in(accounts.member(Role.POLICY_OWNER)).get("/desk/home/").content.decode()
    assert ("Second looks due within 24 hours" in lead) == (proposals.due(acting(made.ravi), clock.now()).soon > 0)
    assert 'data-key="y"' in home  # the errand needs no mouse
    assert rita.post(f"/desk/proposals/{proposal.ref}/confirm/").status_code == 409
    done = ravi.post(f"/desk/proposals/{proposal.ref}/confirm/", follow=True).content.decode()
    assert f'Confirmed: decision <a class="id" href="/desk/decisions/{Decision.objects.get().ref}/">' in done
    decide_on(rita, "L-astral", second_eyes="yes")
    other = Proposal.objects.get(status="waits")
    assert ravi.post(f"/desk/proposals/{other.ref}/send-back/", {"words": ""}).status_code == 422
    ravi.post(f"/desk/proposals/{other.ref}/send-back/", {"words": "It is a genuine one."})
    assert "It is a genuine one." in rita.get("/desk/home/").content.decode()


def decide_on(client: Client, listing_id: str, **more: str) -> str:
    page = client.get(f"/desk/bazaar/{listing_id}/")
    form = page.context["form"]
    given = {name: form[name].value() or "" for name in form.fields if name not in {"territories", "pictures"}}
    said = given | {"kind": "remove", "facts": "The title uses the mark.", "decide": "yes"} | more
    return client.post(f"/desk/bazaar/{listing_id}/", said, follow=True).content.decode()
