"""Single sign-on against a provider that signs what it says: who is let in, to what, and every proof that is none."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import jwt
import pytest
from allauth.mfa.models import Authenticator
from cryptography.hazmat.primitives.asymmetric import rsa
from django.core.cache import cache
from django.test import Client
from tests.factories import accounts
from tests.integrations.openid import provider as providers
from tests.integrations.openid.provider import Provider

from touchmark.apps.accounts import access, actions, sign_on
from touchmark.apps.accounts.models import Identity, Invitation, Membership, Organisation, SignOn, User
from touchmark.apps.audit.models import Event
from touchmark.apps.outbox.models import Message
from touchmark.engine.terms import Actor, Role
from touchmark.integrations.openid.session import ProviderAway
from touchmark.web import clock
from touchmark.web.people import sign_on as web_sign_on

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _here_and_anew(settings: Any) -> None:
    settings.TOUCHMARK_WEBHOOKS_TO_LOOPBACK = True
    cache.clear()


@pytest.fixture
def provider() -> Iterator[Provider]:
    with providers.running() as running:
        yield running


@dataclass
class Brand:
    """An organisation with a provider, and who keeps its people."""

    organisation: Organisation
    keeper: Actor
    key: str


@pytest.fixture
def brand(provider: Provider) -> Brand:
    return of_its_own(provider, accounts.organisation(name="Brand House"))


def of_its_own(provider: Provider, organisation: Organisation) -> Brand:
    keeper = accounts.actor(Role.HOLDER, of=organisation)
    made = sign_on.set_up(
        organisation_id=organisation.pk,
        issuer=provider.url,
        client_id=providers.CLIENT,
        secret=providers.SECRET,
        actor=keeper,
        at=accounts.AT,
    )
    return Brand(organisation, keeper, made.key)


def begin(client: Client, brand: Brand) -> dict[str, str]:
    """Begin at the site; give what the browser is sent to the provider with."""
    answer = client.get(f"/sign-in/with/{brand.key}")
    assert answer.status_code == 302, answer.text
    return {name: values[0] for name, values in parse_qs(urlsplit(answer["Location"]).query).items()}


def come_back(client: Client, brand: Brand, provider: Provider, asked: dict[str, str], **more: str) -> Any:
    code = provider.code_for(asked)
    return client.get(f"/sign-in/with/{brand.key}/back", {"code": code, "state": asked["state"]} | more)


def through(client: Client, brand: Brand, provider: Provider, **more: str) -> Any:
    """Go the whole way."""
    return come_back(client, brand, provider, begin(client, brand), **more)


def is_in(client: Client) -> bool:
    return client.get("/account").status_code == 200


def test_a_member_comes_in_by_the_address_and_from_then_on_by_the_subject(provider: Provider, brand: Brand) -> None:
    vera = accounts.member(Role.HOLDER, of=brand.organisation, email="Vera@Brand.test")
    client = Client()
    assert through(client, brand, provider).status_code == 302
    assert is_in(client)
    assert Identity.objects.get().user == vera
    assert Event.objects.get(kind="sign_on_linked").user_id == vera.pk
    provider.claims = {"email": "married@brand.test", "email_verified": False}
    again = Client()
    through(again, brand, provider)
    assert is_in(again)
    assert Identity.objects.count() == 1


def test_who_is_invited_joins_without_a_password(provider: Provider, brand: Brand) -> None:
    actions.invite(
        organisation_id=brand.organisation.pk,
        email="vera@brand.test",
        role=Role.AGENT,
        actor=brand.keeper,
        at=clock.now(),
    )
    client = Client()
    assert through(client, brand, provider).status_code == 302
    vera = User.objects.get(email="vera@brand.test")
    assert (vera.name, vera.has_usable_password()) == ("Vera Brand", False)
    assert Membership.objects.get(user=vera).role == Role.AGENT
    assert Invitation.objects.get().accepted_at
    assert client.get("/holder/rights/").status_code == 200


def test_an_old_invitation_lets_in_nobody(provider: Provider, brand: Brand) -> None:
    long_ago = clock.now() - timedelta(days=8)
    said: dict[str, Any] = {"email": "vera@brand.test", "role": Role.AGENT}
    actions.invite(organisation_id=brand.organisation.pk, actor=brand.keeper, at=long_ago, **said)
    answer = through(Client(), brand, provider)
    assert answer.status_code == 403
    assert "Nobody has invited vera@brand.test to Brand House" in answer.text


def test_a_provider_takes_over_nobody_of_another_organisation(provider: Provider, brand: Brand) -> None:
    accounts.member(Role.REVIEWER, email="vera@brand.test")
    client = Client()
    answer = through(client, brand, provider)
    assert answer.status_code == 403
    assert "does not act for Brand House" in answer.text
    assert not is_in(client)
    assert not Identity.objects.exists()


def test_a_session_acts_for_the_providers_organisation_alone(provider: Provider, brand: Brand) -> None:
    vera = accounts.member(Role.HOLDER, of=brand.organisation, email="vera@brand.test")
    rival = accounts.organisation(name="Rival House")
    accounts.member(Role.HOLDER, of=rival, person=vera)
    client = Client()
    through(client, brand, provider)
    client.post("/account/act-for", {"organisation": rival.pk})
    assert "Rival House" not in client.get("/account").text
    assert client.get(f"/people/{rival.pk}").status_code == 404
    there = Membership.objects.get(user=vera, organisation=rival)
    assert client.post(f"/people/memberships/{there.pk}/end").status_code == 404
    for address in ("/account/passkeys/add", "/account/password", "/account/erase"):
        assert client.get(address).status_code == 403, address
    assert client.post("/account/data").status_code == 403
    Membership.objects.filter(user=vera, organisation=brand.organisation).update(ended_at=clock.now())
    assert client.get("/holder/rights/").status_code == 403  # it does not fall back on the other one
    assert through(Client(), brand, provider).status_code == 403


def test_the_second_factor_is_still_asked_for(provider: Provider) -> None:
    platform = accounts.organisation("platform")
    olga = accounts.actor(Role.OPERATOR, of=platform)
    brand = of_its_own_platform(provider, platform, olga)
    vera = accounts.member(Role.REVIEWER, of=platform, email="vera@brand.test")
    first = Client()
    through(first, brand, provider)
    assert first.get("/desk/")["Location"] == "/account/second-factor"
    accounts.second_factor(vera)
    second = Client()
    assert through(second, brand, provider)["Location"] == "/sign-in/code"
    assert second.get("/desk/")["Location"].startswith("/sign-in")


def of_its_own_platform(provider: Provider, platform: Organisation, keeper: Actor) -> Brand:
    said: dict[str, Any] = {"issuer": provider.url, "client_id": providers.CLIENT, "secret": providers.SECRET}
    made = sign_on.set_up(organisation_id=platform.pk, **said, actor=keeper, at=accounts.AT)
    return Brand(platform, keeper, made.key)


STRANGE = rsa.generate_private_key(public_exponent=65537, key_size=2048)


def _says(**claims: Any) -> Callable[[Provider], None]:
    return lambda provider: provider.claims.update(claims)


def _lacks(*names: str) -> Callable[[Provider], None]:
    return lambda provider: setattr(provider, "without", names)


def _signs(key: Any, algorithm: str = "RS256", kid: str = "k-1") -> Callable[[Provider], None]:
    def change(provider: Provider) -> None:
        provider.key, provider.algorithm, provider.kid = key, algorithm, kid

    return change


def _answers(body: bytes) -> Callable[[Provider], None]:
    return lambda provider: setattr(provider, "answers_with", body)


NO_PROOF: dict[str, Callable[[Provider], None]] = {
    "another issuer": _says(iss="https://other.example"),
    "another audience": _says(aud="somebody-else"),
    "several audiences, no party": _says(aud=[providers.CLIENT, "somebody-else"]),
    "another party": _says(aud=[providers.CLIENT, "somebody-else"], azp="somebody-else"),
    "another nonce": _says(nonce="of-another-sign-in"),
    "no nonce": _lacks("nonce"),
    "no subject": _lacks("sub"),
    "an empty subject": _says(sub=""),
    "a subject with a NUL": _says(sub="a\x00b"),
    "no end": _lacks("exp"),
    "over": _says(exp=1_000_000_000),
    "made tomorrow": _says(iat=9_999_999_999),
    "a strange key": _signs(STRANGE),
    "a strange key's name": _signs(None, kid="k-2"),
    "by the shared secret": _signs(providers.SECRET * 3, "HS256"),
    "not signed": _signs("", "none"),
    "no token": _answers(b'{"access_token": "at"}'),
    "a token that is none": _answers(b'{"access_token": "at", "id_token": "a.b.c"}'),
    "a number": _answers(b'{"access_token": "at", "id_token": 17}'),
    "a list": _answers(b"[]"),
    "no JSON": _answers(b'{"access_token"'),
    "far too much": _answers(b'{"' + b"x" * 1_500_000),
    "nothing": _answers(b""),
}


@pytest.mark.parametrize("wrong", NO_PROOF.values(), ids=NO_PROOF)
def test_what_proves_nothing_lets_in_nobody(
    wrong: Callable[[Provider], None], provider: Provider, brand: Brand
) -> None:
    accounts.member(Role.HOLDER, of=brand.organisation, email="vera@brand.test")
    wrong(provider)
    if provider.algorithm == "none":
        provider.key = None
        provider.token = lambda asked: jwt.encode(  # type: ignore[method-assign]
            {"iss": provider.url, "sub": "s", "nonce": asked["nonce"]}, key=None, algorithm="none"
        )
    client = Client()
    answer = through(client, brand, provider)
    assert answer.status_code == 403
    assert "You are not signed in" in answer.text
    assert "Try it again" in answer.text
    assert not is_in(client)
    assert not Identity.objects.exists()


@pytest.mark.parametrize("claims", [{"email_verified": False}, {"email_verified": None}, {"email": None}, {"email": 7}])
def test_an_address_that_nobody_verified_links_nobody(claims: Any, provider: Provider, brand: Brand) -> None:
    accounts.member(Role.HOLDER, of=brand.organisation, email="vera@brand.test")
    provider.claims = claims
    answer = through(Client(), brand, provider)
    assert answer.status_code == 403
    assert "vouched for no e-mail address" in answer.text
    assert not Identity.objects.exists()


def test_an_answer_counts_once_and_in_the_browser_that_asked(provider: Provider, brand: Brand) -> None:
    accounts.member(Role.HOLDER, of=brand.organisation, email="vera@brand.test")
    client = Client()
    asked = begin(client, brand)
    stranger = Client()
    assert come_back(stranger, brand, provider, asked).status_code == 403
    assert come_back(client, brand, provider, asked).status_code == 302
    client.post("/sign-out")
    replayed = come_back(client, brand, provider, asked)
    assert replayed.status_code == 403
    assert "has been used" in replayed.text
    assert not is_in(client)


def test_an_answer_of_another_provider_is_no_answer(provider: Provider, brand: Brand) -> None:
    with providers.running() as other:
        mine = of_its_own(other, accounts.organisation(name="Evil House"))
        accounts.member(Role.HOLDER, of=brand.organisation, email="vera@brand.test")
        client = Client()
        asked = begin(client, mine)
        assert come_back(client, brand, provider, asked).status_code == 403  # the state is the other's
        asked = begin(client, brand)
        assert come_back(client, brand, provider, asked, iss=other.url).status_code == 403
        assert not is_in(client)


def test_what_is_asked_of_the_provider_is_ours_alone(provider: Provider, brand: Brand, settings: Any) -> None:
    settings.PUBLIC_URL = "https://ip.example.org"
    client = Client(headers={"host": "localhost"})
    answer = client.get(f"/sign-in/with/{brand.key}?auth_params=nonce%3Dknown&scope=everything&process=connect")
    asked = {name: values[0] for name, values in parse_qs(urlsplit(answer["Location"]).query).items()}
    assert asked["redirect_uri"] == f"https://ip.example.org/sign-in/with/{brand.key}/back"
    assert set(asked["scope"].split()) == {"openid", "profile", "email"}
    assert asked["code_challenge_method"] == "S256"
    assert len(asked["nonce"]) > 30
    assert asked["nonce"] != "known"


def test_called_off_and_away(provider: Provider, brand: Brand, settings: Any) -> None:
    client = Client()
    asked = begin(client, brand)
    back = client.get(f"/sign-in/with/{brand.key}/back", {"error": "access_denied", "state": asked["state"]})
    assert "You called it off" in back.text
    cache.clear()
    settings.TOUCHMARK_WEBHOOKS_TO_LOOPBACK = False
    assert "cannot be reached" in client.get(f"/sign-in/with/{brand.key}").text
    assert client.get("/sign-in/with/none").status_code == 404
    assert client.get("/sign-in/with/none/back").status_code == 404


def test_a_provider_that_gives_no_answer_is_left_alone_for_a_while(
    brand: Brand, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []

    def away(issuer: str) -> dict[str, Any]:
        asked.append(issuer)
        raise ProviderAway("away")

    monkeypatch.setattr(web_sign_on, "described", away)
    for _ in range(3):
        assert "cannot be reached" in Client().get(f"/sign-in/with/{brand.key}").text
    assert len(asked) == 1


def test_it_is_set_up_by_who_keeps_the_people(provider: Provider, brand: Brand) -> None:
    person = User.objects.get(pk=brand.keeper.user_id)
    client = accounts.just_proven(accounts.signed_in(person))
    address = f"/people/{brand.organisation.pk}/sign-on"
    assert brand.key in client.get(address).text
    said = {"issuer": provider.url, "client_id": "new", "secret": ""}
    assert client.post(address, said).status_code == 302
    made = SignOn.objects.get(ended_at=None)
    assert (made.key, made.client_id, sign_on.secret_of(made)) == (brand.key, "new", providers.SECRET)
    assert providers.SECRET not in made.secret
    assert providers.SECRET not in client.get(address).text
    refused = client.post(address, said | {"issuer": f"{provider.url}/other"})
    assert "No identity provider answers there" in refused.text
    provider.says = {"issuer": "https://other.example"}
    assert "does not speak for this issuer" in client.post(address, said).text
    other = accounts.just_proven(accounts.signed_in(accounts.member(Role.HOLDER)))
    assert other.get(address).status_code == 404
    assert other.post(f"{address}/end").status_code == 404
    stale = accounts.signed_in(person)
    assert stale.get(address)["Location"].startswith("/sign-in/again")
    assert client.post(f"{address}/end").status_code == 302
    assert not SignOn.objects.filter(ended_at=None).exists()
    assert Client().get(f"/sign-in/with/{brand.key}").status_code == 404


def test_another_issuer_knows_nobody_yet(provider: Provider, brand: Brand) -> None:
    accounts.member(Role.HOLDER, of=brand.organisation, email="vera@brand.test")
    through(Client(), brand, provider)
    kept = {"organisation_id": brand.organisation.pk, "client_id": "c", "secret": "", "actor": brand.keeper}
    sign_on.set_up(issuer=provider.url, at=accounts.AT, **kept)
    assert Identity.objects.filter(sign_on__ended_at=None).count() == 1
    sign_on.set_up(issuer="https://other.example", at=accounts.AT, **kept | {"secret": "its own"})
    assert Identity.objects.filter(sign_on__ended_at=None).count() == 0


def test_another_issuer_is_not_told_the_secret_of_the_one_before(provider: Provider, brand: Brand) -> None:
    """Whoever keeps the people could else read the secret at a provider of their own."""
    client = accounts.just_proven(accounts.signed_in(User.objects.get(pk=brand.keeper.user_id)))
    with providers.running() as other:
        said = {"issuer": other.url, "client_id": "c", "secret": ""}
        refused = client.post(f"/people/{brand.organisation.pk}/sign-on", said)
        assert "the one that is kept is another’s" in refused.text
        assert SignOn.objects.get(ended_at=None).issuer == provider.url
        client.post(f"/people/{brand.organisation.pk}/sign-on", said | {"secret": "its own"})
    made = SignOn.objects.get(ended_at=None)
    assert (made.issuer, sign_on.secret_of(made)) == (other.url, "its own")


def test_a_private_address_is_not_called(settings: Any, brand: Brand) -> None:
    settings.TOUCHMARK_WEBHOOKS_TO_LOOPBACK = False
    client = accounts.just_proven(accounts.signed_in(User.objects.get(pk=brand.keeper.user_id)))
    said = {"issuer": "http://127.0.0.1:1", "client_id": "c", "secret": "s"}
    answer = client.post(f"/people/{brand.organisation.pk}/sign-on", said)
    assert "not on the public network" in answer.text


def test_a_stranger_to_the_organisation_is_told_nothing_of_it(brand: Brand) -> None:
    other = accounts.actor(Role.HOLDER)
    with pytest.raises(access.NoSuchOrganisation):
        sign_on.end(organisation_id=brand.organisation.pk, actor=other, at=accounts.AT)
    assert not Authenticator.objects.exists()


def test_who_never_had_a_password_sets_one_by_e_mail() -> None:
    vera = accounts.member(Role.AGENT, email="vera@brand.test")
    vera.set_unusable_password()
    vera.save()
    Client().post("/password/forgotten", {"email": "vera@brand.test"})
    assert "/password/new/" in Message.objects.get(to="vera@brand.test").payload["body"]
