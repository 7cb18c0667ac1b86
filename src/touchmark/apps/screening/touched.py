"""Which listings a change of the register touches: where a right that changed was found, or may be found now."""

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from touchmark.apps.catalog import queries as catalog
from touchmark.apps.registry import queries as registry
from touchmark.apps.screening import register, shards
from touchmark.apps.screening.models import Finding, Run
from touchmark.apps.screening.shards import Keys


def keys_after(run: Run, *, size: int) -> list[int]:
    """Give the next listings that a run must look at, in the order of their keys."""
    keys = _keys(run.pk, run.basis)
    after = np.searchsorted(keys, run.reached, side="right")
    return [int(key) for key in keys[after : after + size]]


@lru_cache(maxsize=2)
def _keys(run_pk: int, basis: str) -> Keys:
    """
    Look once for each run; after a restart the same is found again, and the run goes on from what it reached.

    In a database that was put back, another run may bear the same number, but never by the same ``basis``.
    """
    run = Run.objects.select_related("since").get(pk=run_pk)
    assert run.since is not None and run.since.on is not None and run.on is not None  # noqa: S101, PT018
    changed = registry.changed_since(run.since.edition) | registry.turning_between(run.since.on, run.on)
    current = Finding.objects.filter(right__right_id__in=changed, assessment__superseded_at=None)
    found_before = np.fromiter(current.values_list("assessment__listing_id", flat=True).distinct(), np.int64)
    news = register.of_rights(changed)
    keys, marks, may_hold = shards.look(news)
    now = np.array([(key, shards.mark_of(digest)) for key, digest in catalog.states()], np.int64).reshape(-1, 2)
    as_now = np.isin(_pairs(now[:, 0], now[:, 1]), _pairs(keys, marks))
    with_pictures = np.fromiter(catalog.keys_with_pictures(), np.int64) if len(news.images) else found_before
    wanted = np.concatenate([found_before, may_hold, now[~as_now, 0], with_pictures])
    return np.intersect1d(wanted, now[:, 0])


def _pairs(keys: Keys, marks: Keys) -> NDArray[np.uint64]:
    """Make one number of key and mark; that two pairs make the same is less likely than a fault of the memory."""
    mixed = keys.astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15)
    return mixed ^ marks.astype(np.uint64)
