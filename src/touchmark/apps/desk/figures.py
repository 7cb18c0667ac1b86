"""The figures of the desk for whoever leads it: what waits and how long, what was decided, put back, by whom."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise

from django.db.models import Case, CharField, Count, Exists, Min, OuterRef, Q, Value, When
from django.db.models.functions import TruncDate

from touchmark.apps.appeals.models import Appeal
from touchmark.apps.decisions import queries, queue
from touchmark.apps.decisions.models import Decision
from touchmark.apps.desk import holds, people, redraws
from touchmark.apps.desk.kinds import Outcome
from touchmark.apps.desk.models import BulkItem
from touchmark.apps.desk.redraws import Agreement
from touchmark.engine.lifecycle.appeal import AppealStatus
from touchmark.engine.lifecycle.decision import DecisionStatus
from touchmark.engine.terms import Actor, Role

DAY = timedelta(days=1)
#: Put-backs and the precision of rules are counted over so long; load over a week; days over a fortnight.
LATELY, LOAD, TREND = timedelta(days=90), timedelta(days=7), 14
#: A marketplace has so long to carry an order out before it counts as late.
PATIENCE = timedelta(hours=1)
#: How long what waits has waited: up to so long each, the last one beyond.
AGES = (DAY, 3 * DAY, 7 * DAY, 30 * DAY)


@dataclass(frozen=True, slots=True)
class Backlog:
    """What waits: how many, of them reported and safety-critical ones, since when the oldest, and how many how long."""

    waiting: int
    reported: int
    safety: int
    oldest: datetime | None
    ages: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Day:
    """How many decisions people and rules took on one day."""

    on: date
    people: int
    rules: int


@dataclass(frozen=True, slots=True)
class Load:
    """What one reviewer has in hand, and did in the last seven days."""

    name: str
    held: int
    decided: int


def backlog(at: datetime) -> Backlog:
    """Count what waits: each age beside those that are younger, which costs one comparison a row."""
    younger = {f"younger_{n}": Count("id", filter=Q(since__gt=at - age)) for n, age in enumerate(AGES)}
    counted = queue.all_waiting().aggregate(
        waiting=Count("id"),
        reported=Count("id", filter=Q(notices__gt=0)),
        safety=Count("id", filter=~Q(safety="")),
        oldest=Min("since"),
        **younger,
    )
    upto = [0, *(counted[name] for name in younger), counted["waiting"]]
    ages = tuple(more - less for less, more in pairwise(upto))
    return Backlog(counted["waiting"], counted["reported"], counted["safety"], counted["oldest"], ages)


def decided_but_live(at: datetime) -> int:
    """Count the restrictions that a marketplace was told of more than an hour ago and has not confirmed."""
    return queries.unconfirmed(before=at - PATIENCE).filter(status="ordered").count()


def put_backs(at: datetime) -> Sequence[tuple[str, int]]:
    """
    Count what was put back lately, by why, the most frequent first.

    ``appeal``: somebody else decided again; ``rule``: a rule's decisions were taken back; ``undone``: whoever decided
    on many undid it; ``other``.
    """
    on_appeal = Appeal.objects.filter(decision=OuterRef("pk"), status=AppealStatus.REVERSED)
    undone = BulkItem.objects.filter(decision=OuterRef("pk"), outcome=Outcome.UNDONE)
    why = Case(
        When(Exists(on_appeal), then=Value("appeal")),
        When(Exists(undone), then=Value("undone")),
        When(rule__isnull=False, then=Value("rule")),
        default=Value("other"),
        output_field=CharField(),
    )
    reversed_ones = Decision.objects.filter(status=DecisionStatus.REVERSED, reversed_at__gte=at - LATELY)
    counted = reversed_ones.annotate(why=why).order_by().values_list("why").annotate(n=Count("id"))
    return sorted(counted, key=lambda row: (-row[1], row[0]))


def precision_of_rules(at: datetime) -> Agreement:
    """Give how many of the decisions that rules took lately were not reversed."""
    taken = Decision.objects.filter(rule__isnull=False, decided_at__gte=at - LATELY)
    counted = taken.aggregate(looked=Count("id"), agreed=Count("id", filter=~Q(status=DecisionStatus.REVERSED)))
    return Agreement(**counted)


def days(at: datetime) -> Sequence[Day]:
    """Count the decisions of each of the last days, today's last; days without any are there too."""
    first = at.date() - timedelta(days=TREND - 1)
    taken = Decision.objects.filter(decided_at__date__gte=first, decided_at__gte=at - (TREND + 1) * DAY)
    counted = (
        taken.annotate(on=TruncDate("decided_at"))
        .order_by()
        .values_list("on")
        .annotate(people=Count("id", filter=Q(rule=None)), rules=Count("id", filter=Q(rule__isnull=False)))
    )
    found = {on: Day(on, by_people, by_rules) for on, by_people, by_rules in counted}
    every = [first + timedelta(days=n) for n in range(TREND)]
    return [found.get(on, Day(on, 0, 0)) for on in every]


def load(actor: Actor, at: datetime) -> Sequence[Load]:
    """Give what each reviewer of the actor's team holds and decided in the last seven days, the busiest first."""
    held = dict(holds.live(at).order_by().values_list("by").annotate(n=Count("id")))
    taken = Decision.objects.filter(decided_at__gte=at - LOAD, decided_by__isnull=False)
    decided = dict(taken.order_by().values_list("decided_by").annotate(n=Count("id")))
    team = people.colleagues(actor, Role.REVIEWER).values_list("pk", "name")
    made = [Load(name, held.get(key, 0), decided.get(key, 0)) for key, name in team]
    return sorted(made, key=lambda one: (-one.decided, -one.held, one.name))


@dataclass(frozen=True, slots=True)
class Own:
    """What one reviewer did: today and in the last seven days."""

    today: int
    week: int
    agreement: Agreement


def own(actor: Actor, at: datetime) -> Own:
    """Count what this reviewer decided, and how often others agreed."""
    taken = Decision.objects.filter(decided_by_id=actor.user_id, decided_at__gte=at - LOAD)
    counted = taken.aggregate(week=Count("id"), today=Count("id", filter=Q(decided_at__gte=at - DAY)))
    return Own(counted["today"], counted["week"], redraws.agreement(actor))
