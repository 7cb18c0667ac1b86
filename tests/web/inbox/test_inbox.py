"""The inbox: one's own letters, as letters, with what can be done about each."""

from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from tests.factories import accounts
from tests.factories.accounts import AT
from tests.web import worlds

import touchmark.apps.inbox
from touchmark.apps.accounts.models import Organisation
from touchmark.apps.inbox import actions, wording
from touchmark.apps.inbox.models import Letter
from touchmark.engine.terms import Role

pytestmark = pytest.mark.django_db

LISTING = {"title": "A teapot", "marketplace": "Bazaar", "listing_id": "L-1"}
STATEMENT = {
    "decision": "D-2026-AAAA-BBBB",
    "listing": LISTING,
    "restriction": "The listing is taken off sale.",
    "territories": "It applies everywhere that Bazaar sells.",
    "duration": "It takes effect on 1 August 2026, 09:00 UTC and lasts until it is reversed.",
    "facts": "The title uses the mark.",
    "source": "We acted on an investigation of our own.",
    "automated_detection": "Automated screening found what is described above.",
    "automated_decision": "A person decided; no decision was made by a machine.",
    "contractual_ground": "Rules for sellers, 4.2",
    "ground_explanation": "A mark is for its owner's goods.",
    "internal_complaint": "You can appeal here, free of charge, until 1 February 2027, 23:59 UTC.",
    "out_of_court": "You can propose mediation to us.",
    "court": "You can also go to a court.",
}
APPEAL = {
    "appeal": "A-2026-AAAA-BBBB",
    "decision": "D-2026-AAAA-BBBB",
    "listing": LISTING,
    "answer": "The invoice is right.",
    "out_of_court": "You can propose mediation to us.",
    "court": "You can also go to a court.",
}
NOTICE = {"notice": "N-2026-AAAA-BBBB", "right": "ALDERMOOR", "listing": LISTING}
UNDER = {"notice": "N-2026-AAAA-BBBB", "right": "ALDERMOOR"}
LACKING = [{"asks": "a signature", "give": "Type your full name as your signature.", "source": "art. 1"}]
OUTCOME = NOTICE | {
    "reasons": "The clasp is the same.",
    "automated_decision": "A person decided; no decision was made by a machine.",
    "out_of_court": "You can propose mediation to us.",
    "court": "You can also go to a court.",
}
COUNTS = {"in_hour": 100, "in_day": 250, "decided": 400, "reversed": 21}
ABOUT = {"decision": "D-2026-AAAA-BBBB", "listing": LISTING}
MESSAGE = ABOUT | {"text": "Here is our invoice."}
TRADERS = ("asked", "due", "warned", "late", "returned", "verified")
PROOFS = ("accepted", "refused", "expired", "revoked")
DUE = [{"act": "Answer the notice", "by": "2026-03-09T22:59:59+00:00", "then": "After that the listing returns."}]
ANSWER = ABOUT | {"counter": "C-2026-AAAA-BBBB", "notice": "N-2026-AAAA-BBBB", "due": DUE, "text": ""}
SUIT = ANSWER | {"suit": "S-2026-AAAA-BBBB", "suit_kind": "suit", "body": "District Court", "number": "26-cv-1"}
SETTLED = ANSWER | {"out_of_court": "You can propose mediation to us.", "court": "You can also go to a court."}
FORWARDED = ANSWER | {"ground": "The right is mine, or I hold an older one", "explanation": "See the certificate."}
DONE, SIDES = ("warned", "suspended", "lifted", "stands", "over"), ("notifier", "counter_notifier")
MEASURE = {
    "measure": "W-2026-AAAA-BBBB",
    "why": "Three notices named goods that are your own.",
    "numbers": {"manifest": {"count": 3, "of": 9}},
    "until": "2026-03-09T22:59:59+00:00",
    "appeal_by": "2026-09-09T22:59:59+00:00",
}
FLAGGER = {"coordinator": "Arcom", "decision": "2026-14"}
GIVEN = {
    "authority": "Staatsanwaltschaft Köln (DE)",
    "reference": "12 Js 345/26",
    "fields": ["name of the trader", "address"],
    "given_at": "2026-03-09T10:00:00+00:00",
    "shop": "Blue Crate",
    "legal_basis": "StPO § 95",
    "reasons": "It looks into fakes.",
    "redress": "A complaint to the court.",
}
MANDATE = {"mandate": "M-2026-AAAA-BBBB", "agent": "Union of Potters", "principal": "Teapots Unlimited"}
MANDATE |= {"from": "2026-03-09", "until": "", "why": ""}
DISPUTE = {"dispute": "B-2026-AAAA-BBBB", "body": "Appeals Centre Europe", "number": "12", "result": "", "text": ""}
DISPUTE |= {"appeal": "A-2026-AAAA-BBBB", "decision": "D-2026-AAAA-BBBB", "why": ""}
STOPPED = {"url": "https://shop.example/hook", "why": "410 Gone", "since": "2026-03-09T22:59:59+00:00"}
DISPUTES = ("open", "refused", "settled", "followed", "not_followed", "ended")
ENDS = ("put_back", "rejected", "kept", "annulled", "withdrawn", "lapsed")
GOES_ON = ANSWER | {"statutory": True}
NEWS = ("sent_on", "objected", "struck_out", "delayed", "delay_over")
NEWS_OF_SUITS = ("suit_taken", "suit_asked", "suit_told")
DUE_AT_THE_DESK = {"act": "We act on the notice", "late": 2, "soon": 1, "first": "2026-03-09T22:59:59+00:00"}
TRADER = {"law": "art. 30", "why": "", "due_at": "2026-03-09T22:59:59+00:00"}
ANSWERABLE = {"notice": "N-2026-AAAA-BBBB", "first": "", "until": ""}
UNTIL: tuple[dict[str, str], ...] = (
    {},
    {"until": "2026-03-09T22:59:59+00:00"},
    {"first": "2026-03-09T22:59:59+00:00", "until": "2026-04-09T22:59:59+00:00"},
)
#: A letter of every kind, and of every form that one can take.
LETTERS: list[tuple[str, dict[str, Any]]] = [
    ("statement_of_reasons", STATEMENT),
    ("statement_of_reasons", STATEMENT | {"contractual_ground": "", "legal_ground": "Trade Marks Act, s. 10"}),
    ("appeal_received", APPEAL | {"answer": ""}),
    ("appeal_refused", APPEAL),
    ("decision_reversed", APPEAL),
    ("decision_narrowed", APPEAL),
    ("decision_taken_back", {"decision": "D-2026-AAAA-BBBB", "listing": LISTING, "why": "The rule was too wide."}),
    ("restriction_ended", {"decision": "D-2026-AAAA-BBBB", "listing": LISTING}),
    ("order_lifted", ABOUT | {"kind": "disable", "why": "The court set it aside."}),
    ("information_given", GIVEN),
    ("information_given", GIVEN | {"legal_basis": "", "reasons": "", "redress": ""}),
    ("rule_stopped", {"rule": "bags", "version": 2, "because": "too_fast", "counts": COUNTS}),
    ("rule_stopped", {"rule": "bags", "version": 2, "because": "too_wrong", "counts": COUNTS}),
    ("notice_received", NOTICE),
    ("notice_received", NOTICE | {"listings": 12, "by": "2026-03-09T22:59:59+00:00"}),
    ("notice_received", NOTICE | {"joined": [["L-1", "N-2026-BBBB-CCCC"]]}),
    ("notice_incomplete", UNDER | {"lacking": LACKING, "by": "2026-03-09T22:59:59+00:00"}),
    ("notice_lapsed", UNDER),
    *(("notice_gone", NOTICE | {"because": because, "by": ""}) for because in ("seller", "marketplace", "unknown")),
    ("notice_gone", NOTICE | {"because": "seller", "by": "2026-03-09T22:59:59+00:00"}),
    ("notice_stopped", UNDER | {"listings": 3}),
    ("notice_outcome", OUTCOME | {"outcome": "upheld"}),
    ("notice_outcome", OUTCOME | {"outcome": "refused"}),
    ("notice_outcome", OUTCOME | {"outcome": "reversed"}),
    *(
        ("flagger_status", FLAGGER | {"what": what, "until": until, "why": "They wrote."})
        for what in ("award", "suspend", "reinstate", "revoke", "expire")
        for until in ("", "2027-03-09")
    ),
    *(("tier_measure", MEASURE | {"what": what, "side": side}) for what in DONE for side in SIDES),
    (
        "goods_to_examine",
        NOTICE | {"examination": "X-2026-0001", "question": "Is the clasp yours?", "by": "2026-03-09T22:59:59+00:00"},
    ),
    ("counter_received", ANSWER),
    ("counter_incomplete", ANSWER | {"lacking": LACKING}),
    ("counter_incomplete", ANSWER | {"lacking": [], "text": "Send the other page of the invoice."}),
    ("counter_forwarded", FORWARDED | {"statutory": True, "law": "us"}),
    ("counter_forwarded", FORWARDED | {"statutory": True, "law": "cn"}),
    ("counter_forwarded", FORWARDED | {"statutory": False, "law": "platform"}),
    ("counter_suit", SUIT),
    ("counter_suit_asked", SUIT),
    ("counter_ruling", ANSWER | {"ruling": "The District Court found for us."}),
    *(("counter_settled", SETTLED | {"outcome": end, "back": end == "put_back", "text": "So."}) for end in ENDS),
    ("counter_settled", SETTLED | {"outcome": "put_back", "back": False}),
    ("notice_taken_back", ABOUT | {"kind": "remove", "why": "They are our own goods."}),
    ("right_verified", {"right": "ALDERMOOR"}),
    ("mentioned", {"by": "Rita Keller", "text": "Is this Dutch?", "listing": LISTING | {"slug": "Bazaar"}}),
    ("handed_over", {"by": "Rita Keller", "text": "", "listing": LISTING | {"slug": "Bazaar"}}),
    ("message_from_seller", MESSAGE),
    ("message_from_desk", MESSAGE),
    ("listing_corrected", ABOUT),
    ("listing_released", ABOUT),
    ("correction_lapsed", ABOUT | {"restriction": "The listing is taken off sale.", "court": "You can go to a court."}),
    *(("trader_details", {"status": status, "law": "art. 30", "why": "A page is missing."}) for status in TRADERS),
    *(("proof_answered", {"status": status, "of": "ALDERMOOR", "until": "1 May", "why": "Read."}) for status in PROOFS),
    *(
        ("standing_warning", {"shop": "Teapots", "track": track, "amount": 2, "refs": ["D-1", "D-2"], "next": after})
        for track, after in (
            ("points", {"from": 12, "kind": "listing_ban", "days": 7}),
            ("strikes", {"from": 3, "kind": "closing", "days": None}),
            ("points", {"from": 36, "kind": "hold", "days": 30}),
            ("strikes", None),
        )
    ),
    ("mandate", MANDATE | {"what": "give"}),
    ("mandate", MANDATE | {"what": "give", "until": "2027-03-09"}),
    *(
        ("mandate", MANDATE | {"what": what, "why": "We are no member now."})
        for what in ("revoke", "lay_down", "expire")
    ),
    *(("dispute_news", DISPUTE | {"status": status, "why": "As agreed."}) for status in DISPUTES),
    *(("dispute_news", DISPUTE | {"status": "decided", "result": result}) for result in ("for", "partly", "against")),
    ("dispute_news", DISPUTE | {"status": "open", "by": "2026-03-09T22:59:59+00:00"}),
    ("dispute_news", DISPUTE | {"status": "overdue"}),
    ("counter_received", ANSWER | {"waits": True}),
    *(("counter_goes_on", GOES_ON | {"what": what, "mine": mine}) for what in NEWS for mine in (True, False)),
    *(("counter_goes_on", GOES_ON | SUIT | {"what": what, "mine": True}) for what in NEWS_OF_SUITS),
    *(("notice_goes_on", NOTICE | {"because": why, "by": "2026-03-09T22:59:59+00:00"}) for why in ("back", "alone")),
    ("desk_due", {"rows": [DUE_AT_THE_DESK, DUE_AT_THE_DESK | {"late": 0}, DUE_AT_THE_DESK | {"soon": 0}]}),
    ("desk_called", {"ref": "O-2026-0001", "clock": "answer_order", "act": "We answer the order", "by": ""}),
    ("desk_called", {"ref": "V-2026-0001", "clock": "tell_police", "act": "We tell the police", "by": DUE[0]["by"]}),
    *(("trader_details", TRADER | {"status": status}) for status in TRADERS),
    ("tier_measure", MEASURE | {"what": "appealed", "side": "notifier", "decided_by": "2026-03-19T22:59:59+00:00"}),
    *(("statement_of_reasons", STATEMENT | {"answers": [ANSWERABLE | until]}) for until in UNTIL),
    ("webhook_stopped", STOPPED),
    ("right_declined", {"right": "ALDERMOOR", "reason": "The number belongs to another mark."}),
]


@pytest.fixture
def shop() -> Organisation:
    return accounts.organisation("seller", name="Teapots Unlimited")


@pytest.fixture
def client(shop: Organisation) -> Client:
    return accounts.signed_in(accounts.member(Role.SELLER, of=shop))


def delivered(to: Organisation, kind: str = "statement_of_reasons", **content: Any) -> Letter:
    return actions.deliver(organisation=to, kind=kind, about="D-2026-AAAA-BBBB", content=STATEMENT | content, at=AT)


def test_an_empty_inbox_says_what_will_come(client: Client) -> None:
    page = client.get("/inbox/")
    assert page.status_code == 200
    assert "No letters yet" in page.content.decode()


def test_every_kind_of_letter_that_is_sent_has_a_page() -> None:
    texts = Path(touchmark.apps.inbox.__path__[0]) / "templates" / "letters"
    assert {path.stem for path in texts.glob("*.txt")} == {kind for kind, _ in LETTERS}


@pytest.mark.parametrize(("kind", "content"), LETTERS)
def test_the_page_says_all_that_the_email_says(client: Client, shop: Organisation, kind: str, content: Any) -> None:
    letter = actions.deliver(organisation=shop, kind=kind, about="D-1", content=content, at=AT)
    page = worlds.words_of(client.get(f"/inbox/{letter.pk}/").content.decode())
    subject, body = wording.written(letter)
    lines = [line.removeprefix("- ").strip() for line in body.splitlines()]
    heading = subject.removesuffix(": A teapot").replace(" N-2026-AAAA-BBBB", "")  # the reference stands above it
    for line in [heading, *lines]:
        if '"' not in line and "http" not in line:  # the page names the listing in a box of its own, and has buttons
            assert line in page
    for named in content.get("listing", {}).values():
        assert named in page


@pytest.mark.parametrize(
    ("outcome", "told"),
    [
        ("upheld", "The marketplace has been told to act on it."),
        ("refused", "The listing stays on sale."),
        ("reversed", "After an appeal, the listing goes back on sale."),
    ],
)
def test_an_outcome_says_what_follows(client: Client, shop: Organisation, outcome: str, told: str) -> None:
    letter = delivered(shop, "notice_outcome", **OUTCOME, outcome=outcome)
    assert told in worlds.words_of(client.get(f"/inbox/{letter.pk}/").content.decode())
    assert told in wording.written(letter)[1]
    assert ("court" in wording.written(letter)[1]) == (
        outcome != "upheld"
    )  # where else to turn, if it went against you


def test_opening_a_letter_marks_it_as_read_once(client: Client, shop: Organisation) -> None:
    letter = delivered(shop)
    assert "1 letter is unread" in client.get("/inbox/").content.decode()
    client.get(f"/inbox/{letter.pk}/")
    letter.refresh_from_db()
    first = letter.read_at
    assert first is not None
    client.get(f"/inbox/{letter.pk}/")
    letter.refresh_from_db()
    assert letter.read_at == first
    assert "You have read every letter" in client.get("/inbox/").content.decode()


def test_many_letters_come_in_pages(client: Client, shop: Organisation) -> None:
    for _ in range(30):
        delivered(shop)
    page = client.get("/inbox/").content.decode()
    assert "Page 1 of 2" in page
    assert "Page 2 of 2" in client.get("/inbox/?page=2").content.decode()
    assert client.get("/inbox/?page=nonsense").status_code == 200


def test_a_letter_to_somebody_else_does_not_exist(client: Client) -> None:
    other = accounts.organisation("seller", name="Plantedname Shop")
    theirs = delivered(other, facts="Plantedfacts")
    for address in (f"/inbox/{theirs.pk}/", "/inbox/999999/"):
        page = client.get(address)
        assert page.status_code == 404
        assert "There is no such letter in your inbox" in page.content.decode()
        assert "Planted" not in page.content.decode()
    assert "Planted" not in client.get("/inbox/").content.decode()
    theirs.refresh_from_db()
    assert theirs.read_at is None  # a stranger's try reads nothing


def test_somebody_who_acts_for_nobody_has_an_empty_inbox(shop: Organisation) -> None:
    delivered(shop)
    stranger = accounts.signed_in(accounts.user())
    assert "No letters yet" in stranger.get("/inbox/").content.decode()


def test_a_stranger_is_sent_to_sign_in() -> None:
    assert Client().get("/inbox/").status_code == 302
    assert Client().get("/inbox/1/").headers["Location"].startswith("/sign-in")


def test_markup_in_a_listing_is_text(client: Client, shop: Organisation) -> None:
    letter = delivered(shop, listing=LISTING | {"title": "<script>alert(1)</script>"}, facts="<b>bold</b>\nsecond line")
    page = client.get(f"/inbox/{letter.pk}/").content.decode() + client.get("/inbox/").content.decode()
    assert "<script>alert" not in page
    assert "<b>bold" not in page
    assert "&lt;script&gt;" in page


def test_a_title_of_two_lines_makes_one_subject(shop: Organisation) -> None:
    letter = delivered(shop, listing=LISTING | {"title": "A teapot\nBcc: everybody@example.test"})
    subject, body = wording.written(letter)
    assert subject == "Your listing was restricted: A teapot Bcc: everybody@example.test"
    assert not body.startswith("Bcc")


def test_the_statement_leads_to_the_appeal_while_it_is_possible() -> None:
    case = worlds.restricted()
    letter = Letter.objects.get(organisation=case.shop)
    page = case.seller.get(f"/inbox/{letter.pk}/").content.decode()
    assert f'href="{case.address}appeal/"' in page
    assert "Appeal by " in page
    assert "(UTC)" in page
    worlds.appealed(case)
    page = case.seller.get(f"/inbox/{letter.pk}/").content.decode()
    assert f'href="{case.address}appeal/"' not in page
    assert f'href="{case.address}"' in page


def test_no_code_of_ours_stands_where_a_reference_would(client: Client, shop: Organisation) -> None:
    letter = delivered(shop)
    assert "D-2026-AAAA-BBBB" in client.get("/inbox/").content.decode()
    for about in ("standing:7", "trader", "webhook"):
        Letter.objects.filter(pk=letter.pk).update(about=about)
        for page in ("/inbox/", f"/inbox/{letter.pk}/"):
            assert f">{about}<" not in client.get(page).content.decode()


def test_each_letter_leads_to_what_it_is_about() -> None:
    case = worlds.restricted()
    worlds.resolved(worlds.appealed(case), "reverse")
    for letter in Letter.objects.filter(organisation=case.shop):
        assert f'href="{case.address}"' in case.seller.get(f"/inbox/{letter.pk}/").content.decode()
    client, holder, of = worlds.person(Role.HOLDER, "Aldermoor")
    right = worlds.registry.verified(holder)
    notice = worlds.noticed(holder, right, worlds.catalog.listing())
    for letter in Letter.objects.filter(organisation=of, about=notice.ref):
        assert f'href="/holder/notices/{notice.ref}/"' in client.get(f"/inbox/{letter.pk}/").content.decode()
