"""
Workers that are killed without warning while they tell a real shop: what is on sale in the end is what was decided.

A few times with every run of the tests; ``TOUCHMARK_KILLS=200`` for as many as one wants.
"""

import os
import signal
import sys
import time
from collections import Counter
from datetime import datetime, timedelta
from random import Random

import httpx
from django.db import connections
from tests.flows.world import LATER, World
from tests.integrations.oscar.shop import IN_HAND
from tests.integrations.oscar.test_oscar import reversed_by_appeal, settled, told, world

from touchmark.apps.catalog.models import Listing
from touchmark.apps.decisions.models import Decision, Restriction
from touchmark.apps.outbox import work
from touchmark.apps.outbox.models import Attempt, Message, Outcome, State
from touchmark.integrations.oscar.shop import Shop
from touchmark.site import wiring

__all__ = ["settled", "world"]

KILLS = int(os.environ.get("TOUCHMARK_KILLS", "6"))
#: A worker lives so long at most; telling the shop of one decision takes three calls.
LIVES = 0.4
#: After so many deaths one worker lives: a message on which ten die one after the other is given up, as it should be.
SPARED = 4
#: What a killed worker had in hand is free again after this.
LEASE = timedelta(minutes=3)


def killed(at: datetime, chance: Random) -> bool:
    """Let a worker of its own process begin, kill it, and say whether it was still at work."""
    connections.close_all()
    child = os.fork()
    if not child:
        wiring._client.cache_clear()
        while work.work(handlers={"webhook": wiring.handlers()["webhook"]}, clock=lambda: at, owner=str(os.getpid())):
            pass
        os._exit(0)
    time.sleep(chance.uniform(0, LIVES))
    os.kill(child, signal.SIGKILL)
    return os.WIFSIGNALED(os.waitpid(child, 0)[1])


def quiet(address: str) -> None:
    """Wait until the shop has done what a dead worker asked of it: sooner, in life, than the lease runs out."""
    while httpx.get(address + IN_HAND, timeout=60).text != "0":
        time.sleep(0.01)


def turned(world: World, product: str, standing: dict[str, Decision]) -> None:
    """Take a product off sale, or put it back if it is off."""
    if decision := standing.pop(product, None):
        reversed_by_appeal(world, decision)
        return
    world.listing = Listing.objects.get(listing_id=product)
    standing[product] = world.restrict()


def test_killed_again_and_again_the_shop_ends_as_it_was_decided(world: World, shop: Shop, address: str) -> None:
    chance, standing, died, at = Random(7), dict[str, Decision](), 0, LATER + timedelta(days=10)  # noqa: S311
    while died < KILLS:
        for product in chance.sample(["1", "2", "3", "5", "6"], 2):
            turned(world, product, standing)
        dies = killed(at, chance)
        quiet(address)
        died, at = died + dies, at + LEASE
        if dies and died % SPARED == 0:
            told(at)
    while Message.objects.filter(kind="webhook", state=State.WAITING).exists():
        told(at)
        at += timedelta(days=1)
    tries = Counter(Attempt.objects.filter(message__kind="webhook").values_list("outcome", flat=True))
    sys.stdout.write(f"{died} kills, {Decision.objects.count()} decisions, tries: {dict(tries)}\n")
    assert {product: shop.is_public(product) for product in "12356"} == {one: one not in standing for one in "12356"}
    assert set(Message.objects.filter(kind="webhook").values_list("state", flat=True)) == {State.CARRIED}
    assert tries[Outcome.BROKEN_OFF] > 0
    stands = Restriction.objects.values_list("decision__status", "status").distinct()
    assert set(stands) <= {("in_force", "in_place"), ("reversed", "lifted")}
