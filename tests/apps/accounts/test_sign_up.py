"""Getting in without an invitation: open or not, an address that is confirmed, nothing told about anybody, no flood."""

import re
from datetime import timedelta
from typing import Any

import pytest
from tests.factories import accounts
from tests.factories.accounts import AT, PASSWORD

from touchmark.apps.accounts import access, oneself, retention, sign_up
from touchmark.apps.accounts.actions import WeakPassword
from touchmark.apps.accounts.models import Membership, Organisation, OrganisationKind, SignUp, User
from touchmark.apps.accounts.sign_up import FROM_A_PLACE, TO_AN_ADDRESS, Joining, NotOpen, SignUpGone, TooManySignUps
from touchmark.apps.audit.models import Event
from touchmark.apps.outbox.models import Message
from touchmark.engine.terms import Role

pytestmark = pytest.mark.django_db
MARA = "mara@heron.test"


@pytest.fixture(autouse=True)
def is_open(settings: Any) -> None:
    settings.TOUCHMARK_SIGN_UP = True


def ask(email: str = MARA, **said: Any) -> None:
    sign_up.ask(**{"email": email, "language": "en", "sent_from": "198.51.100.7", "at": AT} | said)


def secret_for(email: str = MARA) -> str:
    letter = Message.objects.filter(kind="email", to=email).order_by("-created_at", "-pk").first()
    found = re.search(r"/join/(\S+)", letter.payload["body"]) if letter else None
    assert found is not None
    return found[1]


def joining(**said: Any) -> Joining:
    return Joining(**{"name": "Mara Voss", "password": PASSWORD, "language": "en", "country": "DE"} | said)


def test_a_shop_of_one_person_joins_as_a_holder() -> None:
    ask()
    mara = sign_up.finish(secret=secret_for(), said=joining(organisation="Heron Pottery"), at=AT)
    actor = access.actor_for(mara, None)
    founded = Organisation.objects.get(pk=actor.organisation_id)
    assert (founded.name, founded.kind, founded.country) == ("Heron Pottery", OrganisationKind.HOLDER, "DE")
    assert actor.roles == {Role.HOLDER}
    assert mara.check_password(PASSWORD)
    kept = SignUp.objects.get()
    assert (kept.used_at, kept.terms, kept.organisation) == (AT, sign_up.TERMS, founded)


def test_who_names_no_shop_sells_in_their_own_name() -> None:
    ask()
    mara = sign_up.finish(secret=secret_for(), said=joining(), at=AT)
    assert Membership.objects.get(user=mara).organisation.name == "Mara Voss"


def test_the_record_says_which_terms_were_agreed_to_and_names_nobody() -> None:
    ask()
    sign_up.finish(secret=secret_for(), said=joining(), at=AT)
    said = list(Event.objects.order_by("pk").values_list("kind", "payload"))
    assert [kind for kind, _payload in said] == ["organisation_signed_up", "person_joined"]
    assert said[0][1]["terms"] == sign_up.TERMS
    assert "Mara" not in str(said)
    assert MARA not in str(said)


def test_where_it_is_closed_nobody_asks_and_no_link_works(settings: Any) -> None:
    ask()
    settings.TOUCHMARK_SIGN_UP = False
    with pytest.raises(NotOpen):
        ask()
    with pytest.raises(NotOpen):
        sign_up.finish(secret=secret_for(), said=joining(), at=AT)
    assert not User.objects.exists()


def test_a_known_address_leaves_the_same_trace_and_its_owner_is_told() -> None:
    accounts.member(Role.HOLDER, email="Known@heron.test")
    ask("known@heron.test")
    ask("new@heron.test")
    known, new = SignUp.objects.order_by("pk")
    assert [len(one.secret_digest) for one in (known, new)] == [64, 64]
    letter = Message.objects.get(to="known@heron.test").payload
    assert letter["subject"] == "You have an account already"
    assert "/join/" not in letter["body"]


def test_only_a_digest_of_the_secret_and_a_hash_of_the_place_are_kept() -> None:
    ask()
    kept = [str(value) for value in SignUp.objects.values().get().values()]
    assert not any(secret_for() in value or "198.51.100.7" in value for value in kept)


@pytest.mark.parametrize("later", [sign_up.LASTS, timedelta(days=30)])
def test_the_link_runs_out(later: timedelta) -> None:
    ask()
    with pytest.raises(SignUpGone):
        sign_up.finish(secret=secret_for(), said=joining(), at=AT + later)


def test_the_link_works_once() -> None:
    ask()
    sign_up.finish(secret=secret_for(), said=joining(), at=AT)
    with pytest.raises(SignUpGone):
        sign_up.finish(secret=secret_for(), said=joining(), at=AT)
    assert Organisation.objects.count() == 1


def test_an_address_that_came_in_by_another_link_meanwhile_is_nobody_new() -> None:
    ask()
    first = secret_for()
    ask(at=AT + timedelta(minutes=1))
    sign_up.finish(secret=secret_for(), said=joining(), at=AT + timedelta(minutes=2))
    with pytest.raises(SignUpGone):
        sign_up.finish(secret=first, said=joining(), at=AT + timedelta(minutes=3))
    assert User.objects.count() == 1


def test_a_weak_password_uses_nothing_up() -> None:
    ask()
    with pytest.raises(WeakPassword):
        sign_up.finish(secret=secret_for(), said=joining(password="short"), at=AT)
    assert sign_up.waiting(secret_for(), AT)
    assert not Organisation.objects.exists()


def test_a_flood_from_one_place_is_stopped_and_another_place_is_not() -> None:
    for number in range(FROM_A_PLACE):
        ask(f"person{number}@flood.test")
    with pytest.raises(TooManySignUps):
        ask("one-more@flood.test")
    ask("elsewhere@heron.test", sent_from="203.0.113.9")
    ask("later@heron.test", at=AT + sign_up.HOUR)
    assert Message.objects.filter(to="later@heron.test").exists()


def test_an_address_gets_so_many_letters_a_day_whoever_asks() -> None:
    for number in range(TO_AN_ADDRESS + 2):
        ask(sent_from=f"203.0.113.{number}")
    assert Message.objects.filter(to=MARA).count() == TO_AN_ADDRESS


def test_addresses_are_forgotten_after_their_time_and_with_the_person() -> None:
    ask()
    mara = sign_up.finish(secret=secret_for(), said=joining(), at=AT)
    oneself.forget(user=mara)
    assert SignUp.objects.get().email == ""
    ask("never@heron.test")
    assert retention.keep_to_it(AT + timedelta(days=29)) == 0
    assert retention.keep_to_it(AT + timedelta(days=31)) == 1
    assert set(SignUp.objects.values_list("email", "sent_from")) == {("", "")}


def test_the_letters_are_in_the_language_that_was_read() -> None:
    ask(language="zh-hans")
    assert Message.objects.get().payload["subject"] == "请确认您的邮箱地址以继续"
