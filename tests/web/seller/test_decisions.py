"""What a seller sees of the decisions on its listings: all that concerns it, and nothing that does not."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from tests.factories import accounts, catalog, registry
from tests.factories.accounts import AT
from tests.factories.pictures import Folder, drawn
from tests.web import worlds
from tests.web.worlds import DAY, appealed, resolved, restricted

from touchmark.apps.decisions import answers
from touchmark.apps.decisions.actions import Choice
from touchmark.apps.decisions.kinds import DecisionKind, Ground
from touchmark.apps.decisions.models import Decision
from touchmark.apps.notices.models import Notice, NoticeItem
from touchmark.engine.terms import Role
from touchmark.flows.decide import NoticeAnswer, Seen, decide
from touchmark.web import clock

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _now(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is three days after the decisions."""
    monkeypatch.setattr(clock, "now", lambda: AT + 3 * DAY)


def page_of(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return worlds.words_of(answer.content.decode())


def test_a_seller_without_decisions_is_told_that_all_is_well() -> None:
    client, _, _ = worlds.person(Role.SELLER, "Teapots Unlimited")
    assert "None of your listings is restricted" in page_of(client, "/seller/")
    assert "No decisions" in page_of(client, "/seller/decisions/")


def test_the_first_page_says_what_needs_the_seller_and_until_when() -> None:
    case = restricted(title="A teapot with a dragon")
    page = page_of(case.seller, "/seller/")
    assert "You can still appeal 1 decision on your listings." in page
    assert "A teapot with a dragon" in page
    assert "Appeal by Mon 1 Feb 2027, 23:59 (UTC)" in page
    assert "If you do not, the restriction stays." in page


def test_the_most_urgent_comes_first() -> None:
    late = restricted(title="decided later", at=AT + DAY)
    restricted(title="decided earlier", seller=(late.seller, late.seller_actor, late.shop))
    page = page_of(late.seller, "/seller/")
    assert page.index("decided earlier") < page.index("decided later")
    assert page.index("decided earlier") < page.index("decided later")
    every = page_of(late.seller, "/seller/decisions/")
    assert every.index("decided later") < every.index("decided earlier")  # the list: the newest first


def test_what_is_under_appeal_and_what_was_answered_stand_apart() -> None:
    waiting = restricted(title="waits for an answer")
    own = (waiting.seller, waiting.seller_actor, waiting.shop)
    appealed(waiting)
    resolved(appealed(restricted(title="comes back", seller=own)), "reverse")
    resolved(appealed(restricted(title="stays away", seller=own)), "uphold")
    page = page_of(waiting.seller, "/seller/")
    assert "Nothing waits for you" in page
    under_way, answered = page.index("Under appeal"), page.index("Answered lately")
    assert under_way < page.index("waits for an answer") < answered
    assert answered < page.index("comes back")
    assert answered < page.index("stays away")
    assert "Restricted, appeal refused" in page


def test_a_decision_says_all_that_the_law_asks_for() -> None:
    """DSA, art. 17(3): (a) what, where, how long; (b) facts and source; (c) machines; (e) ground; (f) redress."""
    case = restricted(kind=DecisionKind.DISABLE)
    page = page_of(case.seller, case.address)
    for said in (
        "The listing is disabled for shoppers in some territories.",
        "It applies in: DE.",
        "It takes effect on 1 August 2026, 09:00 UTC and lasts until it is reversed.",
        "The title uses the mark for a teapot that its owner did not make.",
        "We acted on an investigation of our own.",
        "No automated means were used to find it.",
        "A person decided; no decision was made by a machine.",
        "Our terms: Rules for sellers, 4.2",
        "A mark is used for the goods of its owner only.",
        "You can appeal here, free of charge, until 1 February 2027, 23:59 UTC.",
        "You can also go to a court",
        "you can propose mediation to us",
    ):
        assert said in page


def test_the_clock_is_in_the_sellers_own_zone() -> None:
    case = restricted(time_zone="Asia/Shanghai")
    assert "Appeal by Tue 2 Feb 2027, 07:59 (Shanghai)" in page_of(case.seller, case.address)


def test_the_listing_is_shown_as_it_was() -> None:
    case = restricted(title="A teapot, ALDERMOOR style", price=12.5, currency="EUR", description="Blue.")
    own = {"of": case.shop, "seller_id": f"s-{case.shop.pk}", "listing_id": case.listing.listing_id}
    catalog.listing(title="A plain teapot", price=30.0, currency="EUR", description="Harmless.", **own)
    page = page_of(case.seller, case.address)
    assert "A teapot, ALDERMOOR style" in page
    assert "12.50 EUR" in page
    assert "A plain teapot" not in page
    assert "Harmless" not in page


@pytest.mark.parametrize(
    ("sent", "shown"),
    [
        ('{"Brand": "ALDERMOOR \\u00e9dition", "Sizes": ["S", "M"]}', 'Brand ALDERMOOR édition Sizes ["S", "M"]'),
        ("Brand: ALDERMOOR", "Details Brand: ALDERMOOR"),  # no JSON: as it came
        ('["<b>"]', 'Details ["<b>"]'),
    ],
)
def test_details_are_shown_as_a_shopper_saw_them(sent: str, shown: str) -> None:
    case = restricted(attributes=sent)
    page = page_of(case.seller, case.address)
    assert shown in page


def test_pictures_are_those_that_were_there(settings: object, tmp_path: object) -> None:
    settings.BLOBS = tmp_path  # type: ignore[attr-defined]
    folder = Folder({"one.png": drawn(1), "two.png": b"no picture"})
    case = restricted(images=["one.png", "two.png", "three.png"], pictures=folder)
    shown = case.decision.snapshot.content["images"][0]["sha256"]
    html = case.seller.get(case.address).content.decode()
    assert f"/{shown}/480" in html
    assert html.count("This picture could not be read") == 2
    assert shown in case.seller.get("/seller/").content.decode()


def test_of_the_right_a_seller_sees_what_the_public_register_says() -> None:
    case = restricted()
    case.right.office, case.right.number, case.right.owner = "EUIPO", "017912345", "Aldermoor Holding"
    case.right.save()
    page = page_of(case.seller, case.address)
    for said in (case.right.text, "EUIPO", "017912345", "Aldermoor Holding", "word mark"):
        assert said in page


def test_of_an_unregistered_right_a_seller_sees_its_name_only() -> None:
    case = restricted()
    case.right.owner = "Plantedname Potter"
    case.right.save()
    page = page_of(case.seller, case.address)
    assert case.right.text in page
    assert "Planted" not in page


def test_nothing_confidential_comes_to_the_seller() -> None:
    """Not the holder's secrets, not who gave the notice, not who decided, not what the engine made of it."""
    case = restricted()
    notifier = registry.holder("Plantedname Holdings")
    case.right.reference_price = 998877
    case.right.save()
    case.decision.evidence = {
        "risk": 0.918273,
        "model_version": "Plantedmodel",
        "findings": [{"confidence": 0.776655, "weight": 0.112233}],
    }
    case.decision.save()
    other_right = registry.verified(notifier, text="PLANTEDMARK")
    other = catalog.listing()
    worlds.noticed(notifier, other_right, other)
    reviewer = accounts.member(Role.REVIEWER, name="Plantedname Reviewer", email="planted@example.test")
    case.decision.decided_by = reviewer
    case.decision.save()
    letter = case.shop.letters.get()
    pages = [
        "/seller/",
        "/seller/decisions/",
        case.address,
        f"{case.address}appeal/",
        "/inbox/",
        f"/inbox/{letter.pk}/",
    ]
    for address in pages:
        html = case.seller.get(address).content.decode()
        for secret in (
            "lanted",
            "PLANTED",
            "SECRET",
            "secret-shop",
            "Secretbrand",
            "998877",
            "918273",
            "776655",
            "112233",
        ):
            assert secret not in html, (secret, address)


def test_another_sellers_decision_does_not_exist() -> None:
    theirs = restricted(shop="Plantedname Shop", title="Plantedtitle", facts="Plantedfacts")
    mine = restricted()
    there_is_none = mine.seller.get("/seller/decisions/D-2026-0000-0000/")
    for address in ("", "appeal/"):
        answer = mine.seller.get(theirs.address + address)
        assert answer.status_code == there_is_none.status_code == 404
        told = worlds.words_of(answer.content.decode()).replace(theirs.decision.ref, "D-2026-0000-0000")
        assert told == worlds.words_of(there_is_none.content.decode())
        assert "Planted" not in answer.content.decode()
    for address in ("/seller/", "/seller/decisions/"):
        assert "Planted" not in mine.seller.get(address).content.decode()


@pytest.mark.parametrize("role", [Role.HOLDER, Role.REVIEWER, Role.OPERATOR])
def test_others_do_not_come_in(role: Role) -> None:
    case = restricted()
    client, _, _ = worlds.person(role, "Somebody else")
    for address in ("/seller/", "/seller/decisions/", case.address, f"{case.address}appeal/"):
        assert client.get(address).status_code == 403
        assert Client().get(address).headers["Location"].startswith("/sign-in")


def test_a_dismissal_is_none_of_the_sellers_decisions() -> None:
    client, _, of = worlds.person(Role.SELLER, "Teapots Unlimited")
    listing = catalog.listing(of=of)
    decision = worlds.decided(listing, None, accounts.actor(Role.REVIEWER), kind=DecisionKind.NONE)
    assert "None of your listings is restricted" in page_of(client, "/seller/")
    assert client.get(f"/seller/decisions/{decision.ref}/").status_code == 404


def test_the_marketplaces_silence_and_its_answers_are_shown() -> None:
    case = restricted()
    ref = case.decision.ref
    assert "Bazaar was told" in page_of(case.seller, case.address)
    answers.hear(ref=ref, event_type="listing.restricted", at=AT + timedelta(hours=2))
    assert "Bazaar carried it out Sat 1 Aug 2026, 11:00 (UTC)" in page_of(case.seller, case.address)
    resolved(appealed(case), "reverse")
    page = page_of(case.seller, case.address)
    assert "Your listing comes back" in page
    assert "Bazaar was told to put it back" in page
    answers.hear(ref=ref, event_type="listing.restored", at=AT + 3 * DAY)
    assert "Bazaar put the listing back Tue 4 Aug 2026, 09:00 (UTC)" in page_of(case.seller, case.address)


def test_titles_and_names_of_any_kind_are_shown_as_text() -> None:
    title = "إبريق شاي <script>alert(1)</script> " + "very long " * 40
    case = restricted(shop="متجر الأباريق", title=title, description="<img src=x onerror=alert(1)>")
    for address in ("/seller/", "/seller/decisions/", case.address, f"{case.address}appeal/"):
        html = case.seller.get(address).content.decode()
        assert "متجر الأباريق" in html  # in the top bar
        assert "<script>alert" not in html
        assert "<img src=x" not in html


def test_many_decisions_come_in_pages_and_cost_no_query_each(django_assert_max_num_queries: object) -> None:
    first = restricted()
    own = (first.seller, first.seller_actor, first.shop)
    for _ in range(5):
        restricted(seller=own)
    with django_assert_max_num_queries(14):  # type: ignore[operator]
        first.seller.get("/seller/decisions/")
    with django_assert_max_num_queries(20):  # type: ignore[operator]
        first.seller.get("/seller/")
    for _ in range(6):
        restricted(seller=own)
    page = page_of(first.seller, "/seller/")
    assert "You can still appeal 12 decisions on your listings" in page
    assert page.count("Read why") == 10
    assert "All decisions on your listings" in page


def test_what_can_be_appealed_is_counted_up_to_a_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    first = restricted()
    for _ in range(2):
        restricted(seller=(first.seller, first.seller_actor, first.shop))
    monkeypatch.setattr("touchmark.apps.decisions.queries.COUNTED", 2)
    assert "You can still appeal 2+ decisions on your listings" in page_of(first.seller, "/seller/")


def to_correct(case: worlds.Case) -> Decision:
    """Ask the seller of a case to correct another listing, by a week from the first."""
    listing = catalog.listing(of=case.shop, seller_id=f"s-{case.shop.pk}", listing_id="L-fix", title="ALDERMOOR teapot")
    choice = Choice(
        kind=DecisionKind.CORRECT,
        facts="The title uses the mark.",
        request_key=uuid4(),
        right=case.right,
        ground=Ground.TERMS,
        ground_reference="Rules for sellers, 4.2",
        ground_explanation="A mark is used for the goods of its owner only.",
        correct_by=AT + 7 * DAY,
        measure=DecisionKind.REMOVE,
    )
    about = {"marketplace": "bazaar", "listing_id": "L-fix", "answers": {}, "actor": case.reviewer, "at": AT}
    return decide(choice=choice, seen=Seen(listing.digest, None, frozenset()), **about)


def test_a_seller_reads_what_to_correct_and_says_that_it_is_done() -> None:
    case = restricted()
    decision = to_correct(case)
    assert "Correct it by Sat 8 Aug 2026, 09:00 (UTC)" in page_of(case.seller, "/seller/")
    address = f"/seller/decisions/{decision.ref}/"
    page = page_of(case.seller, address)
    assert "Correct your listing" in page
    assert "The listing is taken off sale." in page
    answer = case.seller.post(f"{address}corrected/", follow=True).content.decode()
    assert "has not sent us another version yet" in answer
    seller_id = f"s-{case.shop.pk}"
    catalog.listing(of=case.shop, seller_id=seller_id, listing_id="L-fix", title="A teapot", at=AT + DAY)
    answer = case.seller.post(f"{address}corrected/", follow=True).content.decode()
    assert "Nothing speaks against the new version." in answer
    page = page_of(case.seller, address)
    assert "Your listing is corrected" in page
    assert "The decision no longer counts against you." in page
    assert "Corrected in time" in page


def test_nobody_else_says_that_a_listing_is_corrected() -> None:
    decision = to_correct(restricted())
    stranger, _, _ = worlds.person(Role.SELLER, "Another shop")
    assert stranger.post(f"/seller/decisions/{decision.ref}/corrected/").status_code == 404


def test_a_notifier_who_lets_sellers_know_is_named_and_no_other() -> None:
    client, _, shop = worlds.person(Role.SELLER, "Teapots Unlimited")
    listing = catalog.listing(of=shop, title="A teapot")
    open_one, silent = registry.holder("Open Brands Ltd"), registry.holder("Silent Brands Ltd")
    answers, rights = (
        {},
        [registry.verified(holder, text=f"MARK {holder.organisation_id}") for holder in (open_one, silent)],
    )
    for holder, right in zip((open_one, silent), rights, strict=True):
        worlds.noticed(holder, right, listing)
    Notice.objects.filter(holder_id=open_one.organisation_id).update(
        shared=["name", "phone"], particulars={"phone": "+44 20 7946 0000", "address": "1 Planted Lane"}
    )
    for item in NoticeItem.objects.all():
        answers[item.ref] = NoticeAnswer(upheld=True, reasons="It is.")
    decision = worlds.decided(listing, rights[0], accounts.actor(Role.REVIEWER), answers=answers)
    page = client.get(f"/seller/decisions/{decision.ref}/").content.decode()
    for said in ("Open Brands Ltd", "+44 20 7946 0000"):
        assert said in page
    assert "Planted" not in page
    assert "Silent Brands" not in page
