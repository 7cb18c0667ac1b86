"""
What written rules cost: listings judged in a second of CPU time, by ten rules over everything that a rule can ask.

    python -m benchmarks.rules [--listings 200000] [--rules 10]
"""

import argparse
import time

import numpy as np
import pyarrow as pa

from touchmark.engine.screening.rules.judge import judged
from touchmark.engine.screening.rules.rule import Conditions, Effect, Rule
from touchmark.engine.screening.schemas import REASON
from touchmark.engine.terms import Way

CATEGORIES = np.array(["Shoes > Boots", "Bags", "Toys", "Watches"], object)
WAYS = np.array([Way.PLAIN.value, Way.DISGUISED.value, Way.COPIED_IMAGE.value], object)
GROUNDS = [{"feature": "grounds", "value": "disguised", "weight": 0.0, "text": "A mark disguised on purpose."}]
SELLERS = 5_000


def world(listings: int) -> tuple[pa.Table, pa.Table, pa.Table, pa.Table]:
    """Give listings, sellers, findings (one for each five listings) and assessments, invented and always the same."""
    draw, uses = np.random.default_rng(1), listings // 5
    rows = np.arange(1, listings + 1)
    offers = {
        "category": pa.array(CATEGORIES[draw.integers(0, len(CATEGORIES), listings)]),
        "marketplace": pa.array(["bazaar"] * listings),
        "seller_id": pa.array([f"s{number}" for number in draw.integers(0, SELLERS, listings)]),
        "offered_in": pa.array([["DE", "FR"]] * listings),
    }
    known = {
        "seller_id": pa.array([f"s{number}" for number in range(SELLERS)]),
        "marketplace": pa.array(["bazaar"] * SELLERS),
        "standing": pa.array(["good"] * SELLERS),
    }
    found = {
        "row": pa.array(np.sort(draw.integers(1, listings + 1, uses))),
        "right_id": pa.array([f"R{number}" for number in draw.integers(0, 300, uses)]),
        "way": pa.array(WAYS[draw.integers(0, len(WAYS), uses)]),
        "confidence": pa.array(draw.random(uses)),
    }
    made = {
        "row": pa.array(rows),
        "risk": pa.array(draw.random(listings)),
        "verdict": pa.array(["review"] * listings),
        "reasons": pa.array([GROUNDS if row % 10 == 0 else [] for row in rows], pa.list_(REASON)),
    }
    return pa.table(offers), pa.table(known), pa.table(found), pa.table(made)


def rule(number: int) -> Rule:
    """Give a rule that asks of everything."""
    when = Conditions(risk_from=0.5, way=(Way.DISGUISED,), category=("Shoes*",), offered_in=("EU",))
    then = Effect.ACT if number % 3 == 0 else Effect.QUEUE
    return Rule(f"rule-{number}", then, "", when, Conditions(standing=("closed",)))


def main() -> None:
    """Judge, and say how fast."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--listings", type=int, default=200_000)
    parser.add_argument("--rules", type=int, default=10)
    asked = parser.parse_args()
    listings, sellers, findings, assessments = world(asked.listings)
    rules = [rule(number) for number in range(asked.rules)]
    begun = time.process_time()
    found = judged(listings, sellers, findings, assessments, rules)
    taken = time.process_time() - begun
    held = int(found.holds.sum())
    print(f"{asked.listings:,} listings, {asked.rules} rules, held {held:,} times: {taken:.2f} s of CPU time")


if __name__ == "__main__":
    main()
