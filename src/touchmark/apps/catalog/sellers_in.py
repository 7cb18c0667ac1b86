"""Taking sellers in from a file, a batch at a time."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pyarrow as pa
from django.db import transaction

from touchmark.apps.catalog.actions import require_may_take_in
from touchmark.apps.catalog.content import digest_of
from touchmark.apps.catalog.incoming import LONGEST_ID
from touchmark.apps.catalog.marketplaces import Marketplaces
from touchmark.apps.catalog.models import Marketplace, Seller
from touchmark.apps.catalog.sellers import stored, take_marketplaces
from touchmark.engine.screening.intake import Intake, Outcome, Tell, to_nobody, within_calendar
from touchmark.engine.screening.problems import Problem
from touchmark.engine.terms import Actor

_COLUMNS = ("name", "trader", "country", "opened_on", "standing", "identity_tokens", "extra", "digest")
Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class _Incoming:
    row: int
    marketplace: Marketplace
    seller_id: str
    columns: Row

    @property
    def key(self) -> tuple[int, str]:
        return self.marketplace.pk, self.seller_id


def import_sellers(
    rows: pa.RecordBatch,
    extra: pa.RecordBatch | None = None,
    *,
    marketplaces: Marketplaces,
    actor: Actor,
    at: datetime,
    tell: Tell = to_nobody,
) -> Intake:
    """
    Take a batch of sellers in, all of it or nothing. Taking the same batch in again writes nothing.

    Who signs in for a seller is not said by files, and stays as it is. Of rows that name the same seller the last
    counts.

    :param rows: in the columns of ``schemas.SELLERS``
    :param extra: columns that the contract does not know, row for row
    :param at: not kept: a seller has no history here, its listings and decisions have
    :raises NotYours: if the actor may not write to the catalogue
    """
    require_may_take_in(actor, marketplaces)
    rows, problems = within_calendar(rows)
    found = rows.to_pylist()
    unknown: Sequence[Row] = extra.to_pylist() if extra is not None else [{}] * len(found)
    meant = [(row, more, marketplaces.of(row["marketplace"])) for row, more in zip(found, unknown, strict=True)]
    problems += [problem for row, _, market in meant for problem in _refusals(row, market, marketplaces)]
    out = {problem.row for problem in problems if problem.severity == "refused"}
    incoming = [
        _Incoming(row["row"], market, row["seller_id"], _columns(row, more))
        for row, more, market in meant
        if market is not None and row["row"] not in out
    ]
    last = {row.key: row for row in incoming}
    repeated = [_overtaken(row, last[row.key].row) for row in incoming if row is not last[row.key]]
    written = _write(list(last.values()))
    for outcome, meant_so in written.items():
        tell(outcome, (row.row for row in meant_so))
    new, changed, unchanged = (len(meant_so) for meant_so in written.values())
    return Intake(new, changed, unchanged, len(repeated), problems=(*problems, *repeated))


def _refusals(row: Row, market: Marketplace | None, marketplaces: Marketplaces) -> Iterable[Problem]:
    if market is None:
        yield marketplaces.unknown(row)
    if len(row["seller_id"]) > LONGEST_ID:
        reason = f"longer than {LONGEST_ID} characters"
        yield Problem(row["row"], "seller_id", row["seller_id"][:LONGEST_ID], reason, "give a shorter one", "refused")


def _overtaken(row: _Incoming, by: int) -> Problem:
    reason = f"row {by} names the same seller, and is the one that is taken"
    return Problem(row.row, "seller_id", row.seller_id, reason, "keep one row for each seller, the newest")


def _columns(row: Row, extra: Row) -> Row:
    said = {
        "name": row["name"] or "",
        "trader": row["trader"] or "",
        "country": row["country"] or "",
        "opened_on": row["opened_on"],
        "standing": row["standing"] or "",
        "identity_tokens": row["identity_tokens"] or [],
        "extra": {name: value for name, value in extra.items() if value is not None},
    }
    return said | {"digest": digest_of(said)}


@transaction.atomic
def _write(rows: Sequence[_Incoming]) -> dict[Outcome, list[_Incoming]]:
    take_marketplaces(row.marketplace.pk for row in rows)
    known = stored(row.key for row in rows)
    new = [row for row in rows if row.key not in known]
    here = [(row, known[row.key].digest == row.columns["digest"]) for row in rows if row.key in known]
    changed, unchanged = ([row for row, same in here if same is whether] for whether in (False, True))
    Seller.objects.bulk_create(_seller(row, None) for row in new)
    Seller.objects.bulk_create(
        (_seller(row, known[row.key].pk) for row in changed),
        update_conflicts=True,
        unique_fields=["id"],
        update_fields=_COLUMNS,
    )
    return {Outcome.NEW: new, Outcome.CHANGED: changed, Outcome.UNCHANGED: unchanged}


def _seller(row: _Incoming, pk: int | None) -> Seller:
    return Seller(pk=pk, marketplace=row.marketplace, seller_id=row.seller_id, **row.columns)
