"""What the desk's other pages, whoever leads, policy owners, sellers, holders and programs ask for."""

import random
from collections.abc import Iterator
from typing import Any

from benchmarks.desk.going import Going, got
from benchmarks.desk.visits import Page


def of_others(rita: Any, paul: Any, vera: Any, sam: Any) -> Iterator[Page]:
    """Give what is measured: a name, and a request that draws its own parameters."""
    draw = random.Random(2)  # noqa: S311  # the same pages each time
    yield from of_lists(rita, draw)
    yield from of_a_policy_owner(paul)
    yield from of_the_seller(sam, draw)
    yield from of_the_holder(vera, draw)
    yield from of_programs()


def of_lists(rita: Any, draw: random.Random) -> Iterator[Page]:
    """Every other list of the desk, its first page and, where there are more, the pages behind it."""
    going = Going(rita)
    for name, address in LISTS.items():
        yield f"desk: {name}", lambda address=address: got(rita, address)
    for name in ("decisions", "appeals", "deliveries", "a seller"):
        yield f"desk: {name}, page after page", lambda name=name: going.on(LISTS[name])
    yield "desk: a decision", lambda: got(rita, f"/desk/decisions/{some(draw, 'decision')}/")
    yield "desk: an appeal", lambda: got(rita, f"/desk/appeals/{some(draw, 'appeal')}/")
    yield "desk: a notice", lambda: got(rita, f"/desk/notices/{some(draw, 'notice')}/")


LISTS = {
    "decisions": "/desk/decisions/",
    "decisions in force": "/desk/decisions/?status=in_force",
    "appeals": "/desk/appeals/",
    "answers to notices": "/desk/answers/",
    "good faith": "/desk/good-faith/",
    "rights": "/desk/rights/",
    "sellers": "/desk/sellers/",
    "a seller": "/desk/sellers/market-0/sams-shop/",
    "a seller with many listings": "/desk/sellers/market-0/s-1/",
    "deliveries": "/desk/deliveries/",
    "statements": "/desk/statements/",
    "buyers to be informed": "/desk/buyers/",
    "gates": "/desk/gates/",
    "to look at again": "/desk/again/",
    "orders": "/orders/",
    "safety": "/safety/",
    "out of court": "/out-of-court/",
    "own letters": "/inbox/",
}


def of_a_policy_owner(paul: Any) -> Iterator[Page]:
    yield "leads: figures by the day", lambda: got(paul, "/desk/home/?days=28")
    yield "rules", lambda: got(paul, "/policy/rules/")
    yield "a rule with its replay", lambda: got(paul, "/policy/rules/bags/1/")
    yield "replay asked for", lambda: replay(paul)
    yield "ladders", lambda: got(paul, "/policy/ladders/")


def replay(paul: Any) -> None:
    answer = paul.post("/policy/rules/bags/1/replay/")
    assert answer.status_code == 302, answer.status_code


def of_the_seller(sam: Any, draw: random.Random) -> Iterator[Page]:
    going = Going(sam)
    yield "seller: first page", lambda: got(sam, "/seller/")
    yield "seller: decisions", lambda: got(sam, "/seller/decisions/")
    yield "seller: decisions, page after page", lambda: going.on("/seller/decisions/")
    yield "seller: a decision", lambda: got(sam, f"/seller/decisions/{some(draw, 'decision')}/")
    yield "seller: standing", lambda: got(sam, "/seller/standing/")
    yield "seller: answers to notices", lambda: got(sam, "/seller/answers/")
    yield "seller: proofs", lambda: got(sam, "/seller/proofs/")
    yield "seller: record", lambda: got(sam, "/record/")
    yield "seller: trader", lambda: got(sam, "/seller/trader/")
    yield "seller: letters", lambda: got(sam, "/inbox/")
    yield "seller: letters, page after page", lambda: going.on("/inbox/")


def of_the_holder(vera: Any, draw: random.Random) -> Iterator[Page]:
    going = Going(vera)
    yield "holder: first page", lambda: got(vera, "/holder/")
    yield "holder: notices", lambda: got(vera, "/holder/notices/")
    yield "holder: notices, page after page", lambda: going.on("/holder/notices/")
    yield "holder: a notice", lambda: got(vera, f"/holder/notices/{some(draw, 'notice')}/")
    yield "holder: rights", lambda: got(vera, "/holder/rights/")
    yield "holder: drafts", lambda: got(vera, "/holder/drafts/")
    yield "holder: answers to notices", lambda: got(vera, "/holder/answers/")
    yield "holder: mandates", lambda: got(vera, "/holder/mandates/")
    yield "holder: record", lambda: got(vera, "/record/")
    yield "holder: letters", lambda: got(vera, "/inbox/")


def of_programs() -> Iterator[Page]:
    """The API's lists, as a program of a reviewer, of a marketplace, of the holder and of the seller sees them."""
    from touchmark.apps.clients.models import Client

    Client.objects.all().delete()  # those of an earlier run
    for who, lists in PROGRAMS.items():
        program = program_of(who)
        for name in lists:
            yield f"API: {name}, for {who}", lambda program=program, name=name: listed(program, name)
            following = After(program, name)
            yield f"API: {name}, for {who}, on", following


PROGRAMS = {
    "the desk": (
        "assessments",
        "findings",
        "decisions",
        "appeals",
        "notices",
        "rights",
        "rules",
        "standings",
        "traders",
    ),
    "a marketplace": ("listings", "sellers", "assessments", "findings", "decisions", "appeals"),
    "the holder": ("notices", "rights", "counter-notices", "deliveries"),
    "the seller": ("decisions", "appeals", "notices", "standings"),
}


def program_of(who: str) -> Any:
    from tests.factories import clients

    from touchmark.apps.accounts.models import User
    from touchmark.engine.terms import Actor, Role

    if who == "a marketplace":
        return clients.with_every_scope(Actor(None, None, frozenset({Role.MARKETPLACE}), marketplace="market-0"))
    name = {"the desk": "rita", "the holder": "vera", "the seller": "sam"}[who]
    held = User.objects.get(email=f"{name}@desk.test").memberships.get()
    return clients.with_every_scope(Actor(held.user_id, held.organisation_id, frozenset({Role(held.role)})))


def listed(program: Any, name: str, **asked: str) -> Any:
    answer = program.get(f"/{name}", **asked)
    assert answer.status_code == 200, (name, asked, answer.status_code, answer.content[:200])
    return answer.json()


class After:
    """A program that goes through a list, page by page."""

    def __init__(self, program: Any, name: str) -> None:
        self._program, self._name, self._next = program, name, ""

    def __call__(self) -> None:
        said = listed(self._program, self._name, **({"cursor": self._next} if self._next else {}))
        self._next = said.get("next") or ""


def some(draw: random.Random, what: str) -> str:
    """Give the reference of one of those that were multiplied."""
    from touchmark.apps.appeals.models import Appeal
    from touchmark.apps.decisions.models import Decision
    from touchmark.apps.notices.models import Notice

    found = {
        "decision": Decision.objects.filter(listing__seller__seller_id="sams-shop", kind="remove"),
        "appeal": Appeal.objects.all(),
        "notice": Notice.objects.filter(holder__memberships__user__email="vera@desk.test"),
    }[what]
    keys = KEYS.setdefault(what, sorted(found.values_list("ref", flat=True)[:5_000]))
    return draw.choice(keys)


KEYS: dict[str, list[str]] = {}
