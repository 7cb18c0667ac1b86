"""Taking rights in from a file, a batch at a time."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

import pyarrow as pa
from django.db import transaction

from touchmark.apps.accounts.models import Organisation
from touchmark.apps.audit.refs import new_ref
from touchmark.apps.registry import incoming
from touchmark.apps.registry.actions import say
from touchmark.apps.registry.content import RightContent
from touchmark.apps.registry.holders import holders_named
from touchmark.apps.registry.incoming import Incoming
from touchmark.apps.registry.models import Right
from touchmark.apps.registry.record import record, take_register
from touchmark.engine.lifecycle.right import RIGHT, RightStatus
from touchmark.engine.screening.image.unreadable import ImageBytes
from touchmark.engine.screening.intake import Intake
from touchmark.engine.screening.problems import Problem
from touchmark.engine.terms import Actor


@dataclass(slots=True)
class _Sorted:
    """The rows of a batch by what they mean for the register."""

    new: list[tuple[Incoming, RightContent]] = field(default_factory=list)
    changed: list[tuple[Right, RightContent]] = field(default_factory=list)
    unchanged: int = 0
    problems: list[Problem] = field(default_factory=list)


def import_rights(
    rows: pa.RecordBatch,
    extra: pa.RecordBatch | None = None,
    *,
    images: ImageBytes,
    holder: Organisation | None = None,
    actor: Actor,
    at: datetime,
) -> Intake:
    """
    Take a batch of rights in: new ones wait for a reviewer, changed ones wait again, the others stay as they are.

    Pictures are kept first; the rights, their holders, their brands and the events are then written together or not at
    all. Taking the same batch in again writes nothing.

    :param rows: in the columns of ``schemas.RIGHTS``; no ``right_id`` twice
    :param extra: columns that the contract does not know, row for row
    :param holder: whose rights these are; None: of the organisation that each row names as ``owner`` (else by its
        brand, else by its text), which is added if it is not here yet
    :raises NotYours: if the actor may not submit rights
    """
    RIGHT.step(RightStatus.NEW, "submit", roles=actor.roles)
    return _write(incoming.read(rows, extra, images, at=at), holder, actor=actor, at=at)


@transaction.atomic
def _write(rows: Sequence[Incoming], holder: Organisation | None, *, actor: Actor, at: datetime) -> Intake:
    take_register()
    found = _sorted(rows, holder, actor)
    new = _new(found.new, holder, actor=actor, at=at)
    say([*new, *found.changed], at=at)
    record([right for right, _ in new], "submit", actor=actor, at=at)
    record([right for right, _ in found.changed], "amend", actor=actor, at=at)
    return Intake(len(new), len(found.changed), found.unchanged, problems=tuple(found.problems))


def _sorted(rows: Sequence[Incoming], holder: Organisation | None, actor: Actor) -> _Sorted:
    stored = {right.right_id: right for right in _stored(row.right_id for row in rows)}
    found = _Sorted()
    for row in rows:
        found.problems += row.problems
        if row.content is None:
            continue
        right = stored.get(row.right_id)
        if right is None:
            found.new.append((row, row.content))
        else:
            _sort_known(row.holding_on_to(right), right, holder, actor, found)
    return found


def _stored(right_ids: Iterable[str]) -> Iterable[Right]:
    return Right.objects.filter(right_id__in=list(right_ids)).select_related("holder", "brand")


def _sort_known(row: Incoming, right: Right, holder: Organisation | None, actor: Actor, found: _Sorted) -> None:
    assert row.content is not None  # noqa: S101  # the caller has left refused rows out
    if holder is not None and right.holder_id != holder.pk:
        remedy = "give it another right_id, one that begins with your name"
        found.problems.append(Problem(row.row, "right_id", row.right_id, "taken already", remedy, "refused"))
    elif row.content.digest() == right.digest:
        found.unchanged += 1
    elif not any(move.event == "amend" for move in RIGHT.moves_from(RightStatus(right.status), roles=actor.roles)):
        remedy = "give it a new right_id, if it is to be registered again"
        reason = f"this right is {right.status}"
        found.problems.append(Problem(row.row, "right_id", row.right_id, reason, remedy, "refused"))
    else:
        found.problems += _owner_moved(row, right) if holder is None else ()
        found.changed.append((right, row.content))


def _owner_moved(row: Incoming, right: Right) -> Iterable[Problem]:
    """A file does not take a right out of the hands of the people who keep it."""
    assert row.content is not None  # noqa: S101  # the caller has left refused rows out
    owner = row.content.owner
    if owner and owner not in (right.owner, right.holder.name):
        reason = f"the owner has changed; the right stays with {right.holder.name}"
        remedy = "if it was assigned, have it withdrawn there and give it a new right_id"
        yield Problem(row.row, "owner", owner, reason, remedy)


def _new(
    rows: Sequence[tuple[Incoming, RightContent]], holder: Organisation | None, *, actor: Actor, at: datetime
) -> list[tuple[Right, RightContent]]:
    names = [_holder_name(row.right_id, content) for row, content in rows]
    holders = holders_named(names, actor=actor, at=at) if holder is None else dict.fromkeys(names, holder)
    refs = _new_refs(len(rows), at)
    return [
        (Right(ref=ref, right_id=row.right_id, holder=holders[name]), content)
        for (row, content), name, ref in zip(rows, names, refs, strict=True)
    ]


def _holder_name(right_id: str, content: RightContent) -> str:
    return (content.owner or content.brand or content.text or right_id)[:300]


def _new_refs(count: int, at: datetime) -> list[str]:
    """Give references that nobody has. Among millions drawn in a year two will meet; then both are drawn again."""
    refs: set[str] = set()
    while len(refs) < count:
        refs |= {new_ref("R", at) for _ in range(count - len(refs))}
        refs -= set(Right.objects.filter(ref__in=refs).values_list("ref", flat=True))
    return sorted(refs)
