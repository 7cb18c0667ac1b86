"""``touchmark open-marketplace``: begin to watch over a shop system, so that its listings can be taken in."""

import argparse
import base64
import secrets
from pathlib import Path

from touchmark.engine.errors import TouchmarkError
from touchmark.ops import clock
from touchmark.ops.django_setup import setup


class AccountMissing(TouchmarkError):
    """A shop on django-oscar is spoken to with a staff account, and none was given."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What ``touchmark open-marketplace`` takes."""
    add = parser.add_argument
    add("slug", metavar="SLUG", help="its name in addresses and files: small letters, digits, hyphens")
    add("--name", metavar="NAME", default="", help="the name by which people know it (default: the slug)")
    add("--regime", metavar="ID", default="platform", help="the law that its decisions follow: eu, platform (default)")
    add("--territories", metavar="CC,CC", default="", help="the countries that it sells to, two letters each")
    add("--established", metavar="CC", default="", help="the country of the company behind it, two letters")
    add("--size", choices=("micro", "small", "medium", "large", "very_large"), default="large", help="of that company")
    add(
        "--calendar",
        metavar="ID",
        default="weekdays",
        help="its public holidays: us, cn, de, …; default: weekends only",
    )
    add("--zone", metavar="ZONE", default="UTC", help="its time zone, such as Europe/Amsterdam")
    add("--webhook", metavar="URL", default="", help="where it hears decisions")
    add("--oscar", metavar="URL", default="", help="the address of a shop on django-oscar, instead of a webhook")
    add("--account", metavar="FILE", type=Path, help="holds user:password of a staff account of that shop")


def run(options: argparse.Namespace) -> int:
    """Open it; with a webhook, print the secret that its orders are signed with, this once."""
    setup()
    from touchmark.apps.catalog.actions import Company, open_marketplace
    from touchmark.engine.policy.which_law import Size
    from touchmark.engine.terms import Actor

    url, secret = _spoken_to(options)
    opened = open_marketplace(
        slug=options.slug,
        name=options.name or options.slug,
        regime=options.regime,
        territories=[word.strip().upper() for word in options.territories.split(",") if word.strip()],
        webhook_url=url,
        webhook_secret=secret,
        company=Company(options.established.strip().upper(), Size(options.size), options.calendar, options.zone),
        actor=Actor.system(),
        at=clock.now(),
    )
    print(f"{opened.name} is open: touchmark import listings FILE --marketplace {opened.slug}")
    if options.oscar:
        print(f"What it offers: touchmark pull {opened.slug}")
    elif secret:
        print(f"Decisions go to {opened.webhook_url}, signed with this secret, which is not shown again: {secret}")
    return 0


def _spoken_to(options: argparse.Namespace) -> tuple[str, str]:
    """Give where decisions go, and the secret or the account."""
    from touchmark.integrations.oscar.shop import SCHEME

    if not options.oscar:
        secret = "whsec_" + base64.b64encode(secrets.token_bytes(24)).decode() if options.webhook else ""
        return options.webhook, secret
    if options.account is None or not options.account.is_file():
        raise AccountMissing("--account FILE: name a file that holds user:password of a staff account of the shop")
    return SCHEME + options.oscar, options.account.read_text(encoding="utf-8").strip()
