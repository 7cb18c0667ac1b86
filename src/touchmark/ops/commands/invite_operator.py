"""``touchmark invite-operator``: the link that makes the first operator of an installation that nobody runs yet."""

import argparse

from touchmark.engine.errors import TouchmarkError
from touchmark.ops import clock


class NotAnAddress(TouchmarkError):
    """What was given is no e-mail address."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Take the address, and how the organisation that runs the installation is called."""
    parser.add_argument("email", metavar="EMAIL", help="the address that the operator will sign in with")
    parser.add_argument("--organisation", metavar="NAME", default="The platform", help="who runs the installation")


def run(options: argparse.Namespace) -> int:
    """Print the link. It works once, for seven days; calling again replaces it, until an operator has accepted."""
    from touchmark.ops.django_setup import setup

    setup()
    from django.core.exceptions import ValidationError
    from django.core.validators import validate_email

    try:
        validate_email(options.email)
    except ValidationError as fault:
        raise NotAnAddress(f"{options.email!r} is not an e-mail address; write one like olga@example.org") from fault
    print(_link(options.email, options.organisation))
    return 0


def _link(email: str, organisation: str) -> str:
    from django.conf import settings

    from touchmark.apps.accounts.actions import invite_first_operator

    secret = invite_first_operator(email=email, organisation_name=organisation, at=clock.now())
    return f"{settings.PUBLIC_URL}/invitation/{secret}"
