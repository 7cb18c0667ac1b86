"""``touchmark issue-token``: let a program speak to the API, or take that back."""

import argparse
from datetime import timedelta
from typing import TYPE_CHECKING

from touchmark.engine.errors import TouchmarkError
from touchmark.ops import clock
from touchmark.ops.django_setup import setup

if TYPE_CHECKING:
    from touchmark.apps.clients.scopes import Scope


class NoSuchPerson(TouchmarkError):
    """Nobody here has this address."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What ``touchmark issue-token`` takes."""
    add = parser.add_argument
    add("whose", metavar="SLUG|EMAIL", help="the marketplace, or the person, whose program it is")
    add("--name", metavar="NAME", required=True, help="the program's name, to know it by")
    add("--scope", action="append", metavar="SCOPE", help="what it may do (default: all that it can)")
    add("--days", type=int, default=365, metavar="N", help="how long it is good (365)")
    add("--end", action="store_true", help="take back every token of that name instead")


def run(options: argparse.Namespace) -> int:
    """Print the token, this once; only its digest is kept."""
    setup()
    if options.end:
        print(f"{_end(options)} taken back")
        return 0
    lasts = timedelta(days=max(1, options.days))
    token = _for_person(options, lasts) if "@" in options.whose else _for_marketplace(options, lasts)
    print(f"The token of {options.name}, good for {lasts.days} days and not shown again: {token}")
    return 0


def _for_marketplace(options: argparse.Namespace, lasts: timedelta) -> str:
    from touchmark.apps.clients import actions
    from touchmark.apps.clients.scopes import OF_A_MARKETPLACE
    from touchmark.engine.terms import Actor

    scopes = _scopes(options) or OF_A_MARKETPLACE
    about = {"marketplace": options.whose, "name": options.name, "scopes": scopes, "lasts": lasts}
    return actions.issue(**about, actor=Actor.system(), at=clock.now())


def _for_person(options: argparse.Namespace, lasts: timedelta) -> str:
    from touchmark.apps.accounts import access, queries
    from touchmark.apps.clients import actions

    person = queries.person_at(options.whose)
    if person is None:
        raise NoSuchPerson(f"Nobody here has the address {options.whose}.")
    actor = access.actor_for(person, None)
    scopes = _scopes(options) or actions.scopes_of(actor)
    return actions.issue_own(name=options.name, scopes=scopes, lasts=lasts, actor=actor, at=clock.now())


def _scopes(options: argparse.Namespace) -> "frozenset[Scope]":
    from touchmark.apps.clients.actions import ScopeNotForThis
    from touchmark.apps.clients.scopes import Scope

    if unknown := set(options.scope or ()) - set(Scope):
        raise ScopeNotForThis(f"There is no scope '{min(unknown)}'; there are: {', '.join(Scope)}.")
    return frozenset(map(Scope, options.scope or ()))


def _end(options: argparse.Namespace) -> int:
    from touchmark.apps.clients import actions
    from touchmark.engine.terms import Actor

    return actions.take_back(whose=options.whose, name=options.name, actor=Actor.system(), at=clock.now())
