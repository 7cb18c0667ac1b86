"""Decisions that rest on rights which do not count any more: what is held because of them, and what was removed."""

from collections.abc import Collection
from datetime import date

from touchmark.apps.decisions.models import Decision
from touchmark.apps.registry.grounding import ended_on
from touchmark.apps.registry.models import Right
from touchmark.engine.lifecycle.decision import DecisionStatus


def held(on: date, *, size: int) -> list[tuple[int, int]]:
    """Give what is held because of a right that has ended: the decision's key and its listing's."""
    ended = Right.objects.filter(ended_on(on)).values("pk")
    found = Decision.objects.filter(status=DecisionStatus.HELD, right__in=ended, listing__isnull=False)
    return list(found.order_by("pk").values_list("pk", "listing__pk")[:size])


def taken(key: int) -> Decision | None:
    """Take the row of a decision that is held; None where somebody decided meanwhile."""
    found = Decision.objects.filter(pk=key, status=DecisionStatus.HELD).select_for_update(of=("self",))
    return found.select_related("listing__marketplace", "listing__seller").first()


def removed(refs: Collection[str], on: date) -> list[str]:
    """Give which of these decisions rest on a right that has ended."""
    ended = Right.objects.filter(ended_on(on)).values("pk")
    return list(Decision.objects.filter(ref__in=refs, right__in=ended).values_list("ref", flat=True))
