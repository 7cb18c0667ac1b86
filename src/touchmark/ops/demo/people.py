"""Puts the demo's organisations, people, marketplaces and shops into an empty database."""

import base64
import secrets
from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from touchmark.apps.accounts import demo as accounts
from touchmark.apps.accounts import queries as who
from touchmark.apps.catalog import reaching
from touchmark.apps.catalog.actions import open_marketplace
from touchmark.engine.terms import Actor, Role

if TYPE_CHECKING:
    from touchmark.apps.accounts.models import Organisation, User

World = Mapping[str, Any]
PLATFORM = "The platform"


def settle(data: World, *, at: datetime) -> dict[str, "User"]:
    """
    Seal the database as a demo; found the organisations and give them their people.

    :returns: people by address
    :raises NotEmpty: if anybody is in the database
    """
    accounts.seal_as_demo(at=at)
    founded = {name: _found(name, data, at) for name in _organisations(data)}
    return {
        person["email"]: accounts.enrol_demo_person(
            email=person["email"],
            name=person["name"],
            organisation_id=founded[person["organisation"]].pk,
            roles=[Role(person["role"])],
            at=at,
        )
        for person in data["person"]
    }


def _organisations(data: World) -> list[str]:
    named = ["platform", *(holder["name"] for holder in data["holder"])]
    named += [shop["organisation"] for shop in data["shop"] if "organisation" in shop]
    return list(dict.fromkeys(named))


def _found(name: str, data: World, at: datetime) -> "Organisation":
    holders = {holder["name"]: holder["country"] for holder in data["holder"]}
    if name == "platform":
        return accounts.found_demo_organisation(kind="platform", name=PLATFORM, country="NL", at=at)
    kind = "holder" if name in holders else "seller"
    return accounts.found_demo_organisation(kind=kind, name=name, country=holders.get(name, "NL"), at=at)


def open_shops(data: World, *, at: datetime) -> None:
    """Open the marketplaces."""
    for place in data["marketplace"]:
        open_marketplace(
            slug=place["slug"],
            name=place["name"],
            regime=place["regime"],
            territories=place["territories"],
            actor=Actor.system(),
            at=at,
        )


def agree_webhooks(data: World, *, port: int, at: datetime) -> dict[str, str]:
    """
    Agree with the shop that stands in for the marketplaces where it hears orders, each time it opens.

    :returns: the secret agreed for each marketplace
    """
    agreed = {place["slug"]: _secret() for place in data["marketplace"]}
    for slug, secret in agreed.items():
        url = f"http://127.0.0.1:{port}/hooks/{slug}"
        reaching.agree_webhook(marketplace=slug, url=url, secret=secret, actor=Actor.system(), at=at)
    return agreed


def _secret() -> str:
    return "whsec_" + base64.b64encode(secrets.token_bytes(24)).decode()


def entrust_shops(data: World, *, at: datetime) -> None:
    """Give the shops that somebody signs in for to their people."""
    for shop in data["shop"]:
        if "organisation" in shop:
            reaching.entrust(
                marketplace=shop["marketplace"],
                seller_id=shop["seller_id"],
                organisation=who.organisations().get(name=shop["organisation"]),
                actor=Actor.system(),
                at=at,
            )


def links(data: World, *, base: str, at: datetime) -> list[tuple[str, str]]:
    """Give a fresh sign-in link for each person: who it is, and the address."""
    made = []
    for person in data["person"]:
        user = who.person_at(person["email"])
        if user is not None:
            secret = accounts.make_demo_link(user=user, at=at)
            title = f"{person['name']}, {person['role'].replace('_', ' ')}"
            made.append((title, f"{base}/demo/enter/{secret}"))
    return made
