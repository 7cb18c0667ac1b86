"""``touchmark issue-token``: let a program of a marketplace speak to the API, or take that back."""

import argparse

from touchmark.ops import clock
from touchmark.ops.django_setup import setup

SCOPES = ("screen",)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What ``touchmark issue-token`` takes."""
    add = parser.add_argument
    add("marketplace", metavar="SLUG", help="whose program it is")
    add("--name", metavar="NAME", required=True, help="the program's name, to know it by")
    add("--scope", choices=SCOPES, action="append", help="what it may do (default: all)")
    add("--end", action="store_true", help="take back every token of that name instead")


def run(options: argparse.Namespace) -> int:
    """Print the token, this once; only its digest is kept."""
    setup()
    from touchmark.apps.catalog import clients
    from touchmark.engine.terms import Actor

    about = {"marketplace": options.marketplace, "name": options.name, "actor": Actor.system(), "at": clock.now()}
    if options.end:
        print(f"{clients.take_back(**about)} taken back")
        return 0
    scopes = [clients.Scope(scope) for scope in options.scope or SCOPES]
    print(f"The token of {options.name}, which is not shown again: {clients.issue(**about, scopes=scopes)}")
    return 0
