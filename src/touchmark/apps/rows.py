"""One row out of those that an actor may see, read or taken; what every room's ``access`` asks for."""

from typing import TypeVar

from django.db.models import Model, QuerySet

from touchmark.engine.errors import TouchmarkError

Row = TypeVar("Row", bound=Model)


def first_of(found: QuerySet[Row], *, lock: bool = False) -> Row | None:
    """
    Give the first row, if there is one.

    :param lock: take it until the transaction ends, and nothing of what it is joined with: two who work on two
        listings of one seller don't wait for each other
    """
    return (found.select_for_update(of=("self",)) if lock else found).first()


def first_rows(found: QuerySet[Row], size: int) -> list[Row]:
    """
    Give the first rows, in their order.

    They are found by their keys alone, and only then read: to sort thousands with all that they are joined to costs a
    database many times as much.
    """
    return list(found.filter(pk__in=list(found.values_list("pk", flat=True)[:size])))


def one_of(found: QuerySet[Row], missing: TouchmarkError, *, lock: bool = False) -> Row:
    """
    Give the row that was asked for.

    :param found: what the actor may see, narrowed to it
    :param missing: what is said where there is none; it doesn't tell what isn't there from what may not be seen
    :param lock: take it until the transaction ends
    :raises TouchmarkError: ``missing``
    """
    row = first_of(found, lock=lock)
    if row is None:
        raise missing
    return row
