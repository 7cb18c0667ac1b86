"""Whose authentication requests somebody may see: a holder those about its notices, a reviewer all; a seller none."""

from collections.abc import Iterable

from django.db.models import QuerySet

from touchmark.apps.examinations.models import Examination
from touchmark.apps.notices import access as notices
from touchmark.apps.rows import one_of
from touchmark.engine.errors import TouchmarkError
from touchmark.engine.terms import Actor


class NoSuchExamination(TouchmarkError):
    """There is no such request, or none that this actor may see; which of the two is not said."""


def examinations_for(actor: Actor) -> QuerySet[Examination]:
    """Give the requests that the actor may see, newest first."""
    found = Examination.objects.filter(item__in=notices.items_for(actor).order_by())
    related = ("item__notice", "item__right", "item__holder", "item__listing__marketplace", "asked_by")
    return found.select_related(*related).order_by("-asked_at", "-id")


def examination_for(actor: Actor, ref: str, *, lock: bool = False) -> Examination:
    """
    Give one request; ``lock`` takes its row until the transaction ends.

    :raises NoSuchExamination: if there is none that the actor may see
    """
    return one_of(
        examinations_for(actor).filter(ref=ref),
        NoSuchExamination(f"There is no request {ref} that you can see."),
        lock=lock,
    )


def holders_of(subjects: Iterable[str]) -> dict[str, int]:
    """Give the key of the holder that each request was put to, by the name of its stream in the record."""
    refs = {subject.partition(":")[2]: subject for subject in subjects}
    found = Examination.objects.filter(ref__in=list(refs)).values_list("ref", "item__holder_id")
    return {refs[ref]: key for ref, key in found}
