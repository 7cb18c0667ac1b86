"""Secrets that have to be read again lie sealed in the database, and go over to a new key of the site."""

from importlib import import_module
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.apps import apps as all_apps

from tests.factories import accounts
from tests.factories.accounts import AT
from touchmark.apps.accounts import sign_on
from touchmark.apps.accounts.sealed import SealedElsewhere
from touchmark.apps.catalog import actions, reaching, webhook_secrets
from touchmark.apps.catalog.models import Marketplace
from touchmark.engine.terms import Actor, Role
from touchmark.flows.reseal import reseal
from touchmark.ops.cli import main
from touchmark.ops.health import State, sealed

pytestmark = pytest.mark.django_db
#: A webhook's secret; two of them while one is changed; a shop's name and password, spaces and all.
SECRETS = ("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "whsec_bmV3 whsec_b2xk", "olga:pass  phrase ключ", "")
migration: Any = import_module("touchmark.apps.catalog.migrations.0009_seal_webhook_secrets")


def opened(slug: str, secret: str) -> Marketplace:
    return actions.open_marketplace(slug=slug, name=slug, webhook_secret=secret, actor=Actor.system(), at=AT)


def next_key(settings: Any, *, forget: bool = False) -> None:
    """Change the site's key; the one before it is a fallback unless it is forgotten."""
    settings.SECRET_KEY_FALLBACKS = [] if forget else [settings.SECRET_KEY]
    settings.SECRET_KEY = "the next one"


@pytest.mark.parametrize("secret", SECRETS)
def test_a_webhooks_secret_is_unreadable_in_the_database(secret: str) -> None:
    kept = opened("bazaar", secret)
    kept.refresh_from_db()
    for word in secret.split():
        assert word not in kept.webhook_secret
    assert reaching.webhook_of("bazaar").secret == secret


def test_the_migration_seals_what_lies_open_and_opens_it_on_the_way_back() -> None:
    for number, secret in enumerate(SECRETS):
        opened(f"m-{number}", "")
        Marketplace.objects.filter(slug=f"m-{number}").update(webhook_secret=secret)
    migration._seal(all_apps, None)
    assert [reaching.webhook_of(f"m-{number}").secret for number in range(len(SECRETS))] == list(SECRETS)
    assert not Marketplace.objects.filter(webhook_secret__contains="whsec").exists()
    migration._open(all_apps, None)
    assert list(Marketplace.objects.order_by("slug").values_list("webhook_secret", flat=True)) == list(SECRETS)


def test_all_goes_over_to_a_new_key(settings: Any, capsys: pytest.CaptureFixture[str]) -> None:
    settings.MFA_ADAPTER = "touchmark.web.people.sealed.SealedFactors"
    opened("bazaar", SECRETS[1])
    boss = accounts.member(Role.OPERATOR)
    code = accounts.second_factor(boss)
    team = boss.memberships.get().organisation_id
    said = {"organisation_id": team, "issuer": "https://id.example", "client_id": "c", "secret": "s3cret"}
    sign_on.set_up(**said, actor=accounts.actor(Role.OPERATOR), at=AT)  # type: ignore[arg-type]
    next_key(settings)
    assert main(["reseal"]) == 0
    assert "marketplaces: 1 sealed under the newest key" in capsys.readouterr().out
    settings.SECRET_KEY_FALLBACKS = []
    assert reaching.webhook_of("bazaar").secret == SECRETS[1]
    assert sign_on.secret_of(sign_on.of(team)) == "s3cret"  # type: ignore[arg-type]
    from touchmark.web.people.sealed import SealedFactors

    kept = Authenticator.objects.get(user=boss, type="totp").data["secret"]
    assert SealedFactors().decrypt(kept) == code
    assert sealed().state is State.GOOD


def test_what_no_key_opens_is_named_and_left_as_it_is(settings: Any, capsys: pytest.CaptureFixture[str]) -> None:
    lost = opened("bazaar", SECRETS[0])
    next_key(settings, forget=True)
    opened("other", SECRETS[0])
    assert main(["reseal"]) == 1
    assert f"1 open under no key here (rows {lost.pk})" in capsys.readouterr().out
    before, after = lost.webhook_secret, Marketplace.objects.get(slug="bazaar").webhook_secret
    assert before == after
    assert reaching.webhook_of("bazaar").secrets == 1  # how many there are is seen without opening them
    with pytest.raises(SealedElsewhere, match="TOUCHMARK_SECRET_KEY_FALLBACKS"):
        _ = reaching.webhook_of("bazaar").secret
    assert sealed().state is State.WRONG
    reaching.rotate_secret(marketplace="bazaar", actor=Actor.system(), at=AT)
    reaching.retire_secret(marketplace="bazaar", actor=Actor.system(), at=AT)
    assert reseal(keep=False)["marketplaces"] == reseal(keep=True)["marketplaces"]
    assert reseal(keep=False)["marketplaces"].lost == ()


def test_the_kept_form_says_nothing_of_a_secret_twice() -> None:
    assert webhook_secrets.sealed("whsec_x") != webhook_secrets.sealed("whsec_x")
