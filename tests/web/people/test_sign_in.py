"""Signing in and out, the forgotten password, the second factor: through the door that a browser uses."""

import re
from typing import Any

import pytest
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.core.cache import cache
from django.test import Client
from tests.factories import accounts
from tests.factories.accounts import PASSWORD

from touchmark.apps.accounts.models import User
from touchmark.apps.audit.models import Event
from touchmark.apps.outbox.models import Message
from touchmark.engine.terms import Role
from touchmark.web.people.sealed import SealedFactors

pytestmark = pytest.mark.django_db
NEW = "another long pass phrase"


@pytest.fixture(autouse=True)
def _no_earlier_tries() -> None:
    cache.clear()


def sign_in(client: Client, email: str, password: str = PASSWORD, **more: str) -> Any:
    return client.post("/sign-in", {"login": email, "password": password} | more)


def code(secret: str) -> str:
    counters = list(yield_hotp_counters_from_time())
    return str(format_hotp_value(hotp_value(secret, counters[len(counters) // 2])))


def test_by_address_and_password_whatever_the_addresss_case() -> None:
    accounts.member(Role.SELLER, email="sam@stall.test")
    client = Client()
    assert sign_in(client, "SAM@Stall.test").status_code == 302
    assert client.get("/account").status_code == 200


@pytest.mark.parametrize(("email", "password"), [("sam@stall.test", "wrong"), ("nobody@stall.test", PASSWORD)])
def test_a_wrong_password_and_an_unknown_address_are_answered_alike(email: str, password: str) -> None:
    accounts.member(Role.SELLER, email="sam@stall.test")
    answer = sign_in(Client(), email, password)
    assert answer.status_code == 200
    assert "We know nobody with this address and password" in answer.text


def test_a_closed_account_stays_outside() -> None:
    sam = accounts.member(Role.SELLER, email="sam@stall.test")
    User.objects.filter(pk=sam.pk).update(is_active=False)
    client = Client()
    sign_in(client, "sam@stall.test")
    assert client.get("/account").status_code == 302


def test_wrong_tries_run_out_also_for_the_right_password() -> None:
    accounts.member(Role.SELLER, email="sam@stall.test")
    client = Client()
    for _ in range(5):
        sign_in(client, "sam@stall.test", "wrong")
    answer = sign_in(client, "sam@stall.test")
    assert "Too many wrong tries" in answer.text


def test_nobody_signs_up_where_it_is_not_open() -> None:
    answer = Client().post("/join", {"email": "new@example.test", "password1": PASSWORD})
    assert answer.status_code == 403
    assert "You get in by invitation" in Client().get("/join").text
    assert User.objects.count() == 0


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example", "javascript:alert(1)"])
def test_signing_in_sends_nobody_to_another_site(target: str) -> None:
    accounts.member(Role.SELLER, email="sam@stall.test")
    answer = sign_in(Client(), "sam@stall.test", next=target)
    assert answer["Location"] == "/"


def test_signing_out_takes_a_post() -> None:
    client = accounts.signed_in(accounts.member(Role.SELLER))
    assert client.get("/sign-out").status_code == 200
    assert client.get("/account").status_code == 200
    client.post("/sign-out")
    assert client.get("/account").status_code == 302


# The password --------------------------------------------------------------------------------------------------------


def test_a_forgotten_password_is_set_anew_by_a_link_that_works_once(settings: Any) -> None:
    settings.PUBLIC_URL = "https://touchmark.example"
    sam = accounts.member(Role.SELLER, email="sam@stall.test")
    Client().post("/password/forgotten", {"email": "Sam@stall.test"}, headers={"host": "localhost"})
    body = Message.objects.get(kind="email", to="sam@stall.test").payload["body"]
    link = re.search(r"https://touchmark\.example(/password/new/\S+)", body)  # the site's name, not the request's
    assert link
    client = Client()
    form = client.get(link[1])["Location"]
    assert link[1].rpartition("-")[2] not in form  # the key is out of the address before anything is loaded
    client.post(form, {"password1": NEW, "password2": NEW})
    sam.refresh_from_db()
    assert sam.check_password(NEW)
    assert Event.objects.filter(stream=f"person:{sam.pk}", kind="password_reset").count() == 1
    assert Message.objects.filter(to="sam@stall.test", payload__subject="Your password was set anew").count() == 1
    again = Client().get(link[1], follow=True)
    assert "This link is no longer good" in again.text


def test_whether_an_address_is_known_is_not_told() -> None:
    accounts.member(Role.SELLER, email="sam@stall.test")
    known = Client().post("/password/forgotten", {"email": "sam@stall.test"}, follow=True)
    unknown = Client().post("/password/forgotten", {"email": "nobody@stall.test"}, follow=True)
    token = re.compile(r'name="csrfmiddlewaretoken" value="\w+"')
    assert token.sub("", known.text) == token.sub("", unknown.text)
    assert not Message.objects.filter(to="nobody@stall.test").exists()


def test_a_new_password_does_not_get_round_the_second_factor() -> None:
    rita = accounts.member(Role.REVIEWER, email="rita@bazaar.test")
    accounts.second_factor(rita)
    client = Client()
    assert sign_in(client, "rita@bazaar.test")["Location"] == "/sign-in/code"
    assert client.get("/account").status_code == 302


def test_changing_the_password_tells_its_owner_and_the_record() -> None:
    sam = accounts.member(Role.SELLER, email="sam@stall.test")
    client = Client()
    sign_in(client, "sam@stall.test")
    client.post("/account/password", {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW})
    sam.refresh_from_db()
    assert sam.check_password(NEW)
    assert Message.objects.get(to="sam@stall.test").payload["subject"] == "Your password was changed"
    assert Event.objects.get(stream=f"person:{sam.pk}").kind == "password_changed"
    assert client.get("/account").status_code == 200  # this session goes on


# The second factor ---------------------------------------------------------------------------------------------------


def test_the_code_is_asked_for_after_the_password_and_works_once() -> None:
    rita = accounts.member(Role.REVIEWER, email="rita@bazaar.test")
    secret = accounts.second_factor(rita)
    client = Client()
    sign_in(client, "rita@bazaar.test")
    shown = code(secret)
    assert client.post("/sign-in/code", {"code": "000000"}).status_code == 200
    assert client.post("/sign-in/code", {"code": shown})["Location"] == "/"
    assert client.get("/account").status_code == 200
    other = Client()
    sign_in(other, "rita@bazaar.test")
    assert other.post("/sign-in/code", {"code": shown}).status_code == 200  # seen over the shoulder, it is used up


def test_setting_it_up_shows_it_and_gives_recovery_codes() -> None:
    rita = accounts.member(Role.REVIEWER, email="rita@bazaar.test")
    client = Client()
    sign_in(client, "rita@bazaar.test")
    assert client.get("/account")["Location"] == "/account/second-factor"
    # the password was typed for signing in; setting up a factor asks for it again
    again = client.get("/account/second-factor")["Location"]
    client.post(again, {"password": PASSWORD})
    page = client.get("/account/second-factor")
    secret = page.context["form"].secret
    assert "data:image/svg+xml" in page.text
    assert client.post("/account/second-factor", {"code": "12"}).status_code == 200
    assert client.post("/account/second-factor", {"code": code(secret)})["Location"] == "/account/codes"
    assert client.get("/account").status_code == 200
    assert len(re.findall(r"<li>\d{8}</li>", client.get("/account/codes").text)) == 10
    assert Event.objects.get(stream=f"person:{rita.pk}").kind == "second_factor_set_up"
    assert Message.objects.get(to="rita@bazaar.test").payload["subject"] == "A second factor was set up"


def test_who_lost_the_phone_sets_up_another_app_by_a_recovery_code() -> None:
    rita = accounts.member(Role.REVIEWER, email="rita@bazaar.test")
    lost = accounts.second_factor(rita)
    spare = RecoveryCodes.activate(rita)
    kept = spare.get_unused_codes()[0]
    client = Client()
    sign_in(client, "rita@bazaar.test")
    client.post("/sign-in/code", {"code": kept})
    assert "/account/second-factor/another" in client.get("/account").text
    page = client.get("/account/second-factor/another")  # the code of a moment ago counts as shown lately
    assert len(RecoveryCodes(Authenticator.objects.get(pk=spare.instance.pk)).get_unused_codes()) == 9
    assert client.post("/account/second-factor/another", {"code": "000000"}).status_code == 200
    assert app_of(rita) == lost  # until the code is typed
    secret = page.context["form"].secret
    client.post("/account/second-factor/another", {"code": code(secret)})
    assert app_of(rita) == secret != lost
    assert Authenticator.objects.filter(user=rita, type="recovery_codes").exists()
    assert Event.objects.get(stream=f"person:{rita.pk}").kind == "second_factor_replaced"
    assert "Another app" in Message.objects.get(to="rita@bazaar.test").payload["subject"]


def app_of(person: User) -> str:
    """Give the secret of the app that counts."""
    return str(get_adapter().decrypt(Authenticator.objects.get(user=person, type="totp").data["secret"]))


def test_who_has_no_app_is_led_to_set_up_the_first() -> None:
    client = accounts.just_proven(accounts.signed_in(accounts.member(Role.SELLER)))
    assert client.get("/account/second-factor/another")["Location"] == "/account/second-factor"


def test_who_needs_it_cannot_take_it_away_and_who_does_not_can() -> None:
    rita = accounts.member(Role.REVIEWER)
    answer = accounts.just_proven(accounts.signed_in(rita)).post("/account/second-factor/end")
    assert answer.status_code == 403
    assert "Your role calls for a second factor" in answer.text
    assert rita.authenticator_set.filter(type="totp").exists()

    sam = accounts.member(Role.SELLER, email="sam@stall.test")
    secret = accounts.second_factor(sam)
    client = Client()
    sign_in(client, "sam@stall.test")
    client.post("/sign-in/code", {"code": code(secret)})
    again = client.get("/account/second-factor/end")["Location"]
    assert again == "/sign-in/again/code?next=/account/second-factor/end"
    accounts.just_proven(client).post("/account/second-factor/end")
    assert not sam.authenticator_set.exists()
    assert Event.objects.get(stream=f"person:{sam.pk}").kind == "second_factor_taken_away"


def test_wrong_codes_run_out() -> None:
    rita = accounts.member(Role.REVIEWER, email="rita@bazaar.test")
    secret = accounts.second_factor(rita)
    client = Client()
    sign_in(client, "rita@bazaar.test")
    for _ in range(5):
        client.post("/sign-in/code", {"code": "000000"})
    answer = client.post("/sign-in/code", {"code": code(secret)})
    assert answer.status_code == 200
    assert "Too many wrong tries" in answer.text


def test_the_secret_of_a_factor_is_unreadable_in_the_database(settings: Any) -> None:
    settings.MFA_ADAPTER = "touchmark.web.people.sealed.SealedFactors"
    rita = accounts.member(Role.REVIEWER)
    secret = accounts.second_factor(rita)
    kept = Authenticator.objects.get(user=rita, type="totp")
    assert secret not in str(kept.data)
    assert kept.wrap().validate_code(code(secret))


def test_a_changed_secret_key_still_reads_what_the_old_one_sealed(settings: Any) -> None:
    sealed = SealedFactors().encrypt("JBSWY3DPEHPK3PXP")
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "the next one"
    assert SealedFactors().decrypt(sealed) == "JBSWY3DPEHPK3PXP"
