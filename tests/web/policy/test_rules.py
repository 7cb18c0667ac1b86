"""The pages of rules: who sees and does what, what is refused and how it is said."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.factories import accounts, catalog, registry, rules
from tests.factories.accounts import AT
from tests.web.worlds import words_of

from touchmark.apps.accounts.models import GIVEN_ROLES, User
from touchmark.apps.rules import actions
from touchmark.apps.rules.models import RuleVersion
from touchmark.apps.screening.models import Assessment, Hit, Run
from touchmark.engine.screening.rules.rule import Conditions, Effect
from touchmark.engine.screening.verdict import Rules
from touchmark.engine.terms import Role, Way
from touchmark.web import clock

pytestmark = pytest.mark.django_db
FORM = {
    "id": "disguised-bags",
    "description": "Bags under a disguised mark.",
    "then": "queue",
    "when-way": ["disguised"],
    "when-category": "Bags*\nShoes\n\n",
    "when-offered_in": "de\nFR",
    "unless-standing": "trusted",
    "reason": "We see these every week.",
}
ACTING = FORM | {
    "then": "act",
    "kind": "disable",
    "territories": "DE",
    "ground": "law",
    "reference": "Trade Marks Act, s. 10",
    "explanation": "The sign is used for goods that the mark protects.",
    "per_hour": "7",
}


@pytest.fixture
def pia() -> Client:
    """Give a browser in which somebody who writes rules has signed in."""
    return accounts.signed_in(accounts.member(Role.POLICY_OWNER, name="Pia"))


def test_a_rule_is_written_as_it_is_typed(pia: Client) -> None:
    assert pia.post("/policy/rules/new/", FORM).status_code == 302
    version = RuleVersion.objects.get()
    assert version.rule.when == Conditions(way=(Way.DISGUISED,), category=("Bags*", "Shoes"), offered_in=("DE", "FR"))
    assert version.rule.unless == Conditions(standing=("trusted",))
    page = words_of(pia.get("/policy/rules/disguised-bags/1/").content.decode())
    assert "Category Bags* or Shoes" in page
    assert "Except where any of this fits Seller's standing trusted" in page
    assert "We see these every week." in page


def test_an_acting_rule_says_what_it_decides_and_when_it_stops(pia: Client) -> None:
    pia.post("/policy/rules/new/", ACTING)
    rule = RuleVersion.objects.get().rule
    assert rule.measure is not None
    assert (rule.measure.kind, rule.measure.territories, rule.brake.per_hour, rule.brake.per_day) == (
        "disable",
        ("DE",),
        7,
        500,
    )
    page = words_of(pia.get("/policy/rules/disguised-bags/1/").content.decode())
    assert "7 decisions in an hour, 500 in a day, or more than 5 % put back on appeal" in page


@pytest.mark.parametrize(
    ("form", "said"),
    [
        (FORM | {"id": "Disguised Bags"}, "letters, numbers, underscores or hyphens"),
        (FORM | {"id": "_bags"}, "Use small letters, digits and hyphens"),
        (FORM | {"reason": ""}, "Fill in “Why you write this version”"),
        (FORM | {"then": ""}, "Choose an answer to “What follows”"),
        (FORM | {"when-offered_in": "Germany"}, "Write two capital letters each"),
        (FORM | {"when-risk_from": "90"}, "less than or equal to 1"),
        (FORM | {"when-risk_from": "0.9", "when-risk_below": "0.5"}, "no listing fits"),
        ({name: FORM[name] for name in ("id", "description", "then", "reason")}, "it would hold for every listing"),
        (ACTING | {"territories": ""}, "Name the territories"),
        (ACTING | {"reference": "", "explanation": ""}, "the seller reads this word for word"),
        (ACTING | {"explanation": "It is counterfeit."}, "needs proof"),
        (ACTING | {"when-way": [], "when-risk_from": "0.9"}, "says on which use of a right"),
        (FORM | {"when-right": "R-none"}, "There is no right “R-none”"),
    ],
)
def test_what_is_wrong_is_said_beside_what_was_typed(pia: Client, form: dict[str, object], said: str) -> None:
    answer = pia.post("/policy/rules/new/", form)
    assert answer.status_code == 422
    assert said in words_of(answer.content.decode())
    assert not RuleVersion.objects.exists()


def test_the_next_version_begins_with_what_the_last_says(pia: Client) -> None:
    rules.live(rules.rule(Effect.QUEUE, when=Conditions(way=(Way.DISGUISED,), category=("Bags*",))))
    page = pia.get("/policy/rules/disguised-bags/1/change/").content.decode()
    assert "Bags*" in page
    answer = pia.post("/policy/rules/disguised-bags/1/change/", FORM | {"id": "another", "when-category": "Shoes"})
    assert answer.url == "/policy/rules/disguised-bags/2/"  # a rule keeps its name
    assert RuleVersion.objects.get(number=2).rule.when.category == ("Shoes",)


def test_a_file_is_taken_in_whole_and_again_changes_nothing(pia: Client) -> None:
    rules.live()
    rules.live(rules.rule(Effect.QUEUE, id="toys", when=Conditions(category=("Toys*",))))
    file = pia.get("/policy/rules/file/")
    assert file["Content-Disposition"] == 'attachment; filename="rules.toml"'
    text = file.content.decode()
    assert len(Rules.of(text, "rules.toml").rules) == 2

    def take(text: str) -> str:
        sent = SimpleUploadedFile("rules.toml", text.encode())
        answer = pia.post("/policy/rules/take-in/", {"file": sent, "reason": "From the other site."}, follow=True)
        return words_of(answer.content.decode())

    assert "0 rules were taken in" in take(text)
    assert "1 rule was taken in as a draft" in take(text.replace("Toys*", "Dolls"))
    assert RuleVersion.objects.get(name="toys", number=2).reason == "We see these every week."


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (b"\xff\xfe\x00", "no text in UTF-8"),
        (b"<html>", "rules.toml"),
        (b'version = "1"\nreview_at = 0.3\nact_at = 0.9\n[[rule]]\nid = "a"\n', "rules.toml, line 4: description"),
        (
            b'version = "1"\nreview_at = 0.3\nact_at = 0.9\n[[rule]]\nid = "a"\ndescription = "x"\nthen = "queue"\n'
            b'[rule.when]\nmarketplace = ["nowhere"]\n',
            "a: There is no marketplace “nowhere” here",
        ),
        (b"x" * 1_000_001, "too large"),
    ],
)
def test_a_file_that_is_rubbish_is_refused_whole(pia: Client, text: bytes, said: str) -> None:
    sent = SimpleUploadedFile("rules.toml", text)
    answer = pia.post("/policy/rules/take-in/", {"file": sent, "reason": "x"})
    assert answer.status_code == 422
    assert said in words_of(answer.content.decode())
    assert not RuleVersion.objects.exists()


def test_a_rule_of_a_file_without_a_reason_needs_one(pia: Client) -> None:
    text = (
        b'version = "1"\nreview_at = 0.3\nact_at = 0.9\n[[rule]]\nid = "a"\ndescription = "x"\nthen = "queue"\n'
        b"[rule.when]\nrisk_from = 0.5\n"
    )
    answer = pia.post("/policy/rules/take-in/", {"file": SimpleUploadedFile("r.toml", text), "reason": ""})
    assert "a: Say why you write this" in words_of(answer.content.decode())


def step(client: Client, event: str, **form: object) -> str:
    answer = client.post(f"/policy/rules/disguised-bags/1/{event}/", form, follow=True)
    return words_of(answer.content.decode())


def test_a_step_that_is_not_open_is_refused_in_words(pia: Client) -> None:
    rules.written()
    assert "not possible any more, or not yet" in step(pia, "approve")
    assert "no such thing to do" in step(pia, "explode")
    assert RuleVersion.objects.get().status == "draft"


def test_two_people(pia: Client) -> None:
    version = rules.on_trial()
    RuleVersion.objects.update(shadow_since=clock.now() - timedelta(days=2))
    assert "waits for a second person" in step(pia, "propose").lower()
    page = step(pia, "approve")
    assert "You proposed this rule. Somebody else switches it on." in page
    other = accounts.signed_in(accounts.member(Role.POLICY_OWNER))
    assert "The rule is live, and acts." in step(other, "approve")
    version.refresh_from_db()
    assert version.status == "live"


def test_a_rule_too_young_in_shadow_says_when_it_can_be_proposed(pia: Client) -> None:
    rules.on_trial(at=clock.now())
    page = words_of(pia.get("/policy/rules/disguised-bags/1/").content.decode())
    assert "It can be proposed from" in page
    assert "in shadow for a day" in step(pia, "propose")


def test_reviewers_see_and_stop_and_do_no_more() -> None:
    rules.live()
    reviewer = accounts.signed_in(accounts.member(Role.REVIEWER))
    page = reviewer.get("/policy/rules/disguised-bags/1/").content.decode()
    assert "Stop it" in page
    for word in ("Replay again", "Retire it", "Write the next version"):
        assert word not in page
    assert reviewer.post("/policy/rules/disguised-bags/1/retire/").status_code == 403
    assert reviewer.post("/policy/rules/disguised-bags/1/replay/").status_code == 403
    assert "Fill in “Why”" in step(reviewer, "stop", why="")
    assert "The rule is stopped." in step(reviewer, "stop", why="It restricts lawful bags.")
    assert "It restricts lawful bags." in reviewer.get("/policy/rules/disguised-bags/1/").content.decode()


@pytest.mark.parametrize("role", sorted(set(GIVEN_ROLES) - {Role.POLICY_OWNER, Role.REVIEWER}))
def test_nobody_else_sees_a_rule(role: Role) -> None:
    rules.live()
    client = accounts.signed_in(accounts.member(role))
    for address in ("/policy/rules/", "/policy/rules/file/", "/policy/rules/disguised-bags/1/"):
        assert client.get(address).status_code == 403


def test_a_rule_that_is_not_there_is_not_there(pia: Client) -> None:
    assert pia.get("/policy/rules/none/1/").status_code == 404
    assert pia.get("/policy/rules/none/1/take-back/").status_code == 404


def test_replayed_over_nothing_says_so(pia: Client) -> None:
    rules.written()
    pia.post("/policy/rules/disguised-bags/1/replay/")
    assert "Replayed over nothing" in pia.get("/policy/rules/disguised-bags/1/").content.decode()


def test_a_rule_that_holds_for_nothing_is_told_from_one_that_was_not_replayed(pia: Client) -> None:
    rules.written(rules.rule(Effect.QUEUE, when=Conditions(category=("Bgas",))))
    assert "Not replayed yet" in pia.get("/policy/rules/disguised-bags/1/").content.decode()
    shown = catalog.listing(title="A teapot")
    run = Run.objects.create(snapshot_id="", model_version="", basis="", covers=True, started_at=AT)
    Assessment.objects.create(listing=shown, run=run, risk=0.1, verdict="clear", reasons=[], basis="", made_at=AT)
    pia.post("/policy/rules/disguised-bags/1/replay/")
    assert "It holds for none of them" in pia.get("/policy/rules/disguised-bags/1/").content.decode()


def test_the_list_takes_the_same_queries_however_many_rules_there_are(
    pia: Client, django_assert_max_num_queries: object
) -> None:
    for number in range(12):
        rules.written(rules.rule(Effect.QUEUE, id=f"rule-{number}"))
    with django_assert_max_num_queries(12):  # type: ignore[operator]
        assert pia.get("/policy/rules/").status_code == 200


def test_what_is_seen_in_shadow_is_counted_against_people(pia: Client) -> None:
    version = rules.on_trial()
    shown = catalog.listing(title="A bag", of=registry.organisation_of(accounts.actor(Role.SELLER)))
    run = Run.objects.create(snapshot_id="", model_version="", basis="", covers=True, started_at=AT)
    made = Assessment.objects.create(
        listing=shown, run=run, risk=0.9, verdict="review", reasons=[], basis="", made_at=AT
    )
    Hit.objects.create(assessment=made, version=version, live=False, verdict="act", at=AT)
    page = words_of(pia.get("/policy/rules/disguised-bags/1/").content.decode())
    assert "In shadow it has held for 1 listing People have decided on none of them yet." in page
    assert "To be acted on 1 0 0 0 1" in page


def test_who_did_what_is_told_by_name(pia: Client) -> None:
    version = rules.live()
    page = words_of(pia.get("/policy/rules/disguised-bags/1/").content.decode())
    assert version.live_by is not None
    assert f"{User.objects.get(pk=version.live_by_id).name} switched version 1 on, as the second person" in page


def test_a_proposal_is_sent_back_with_its_reason(pia: Client) -> None:
    version = rules.on_trial()
    actions.propose(name=version.name, number=1, actor=rules.owner(), at=rules.LATER)
    assert "The rule is in shadow again." in step(pia, "send_back", why="Too wide for me.")
    assert "Too wide for me." in pia.get("/policy/rules/disguised-bags/1/").content.decode()
