"""What somebody records of what was told: to whom, when, what; and what a record cannot do without."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from touchmark.apps.safety.kinds import EUROPOL, Basis
from touchmark.engine.errors import TouchmarkError
from touchmark.engine.territories import single


class NotSaid(TouchmarkError):
    """Something of a record is missing or cannot be; ``field`` names it."""

    def __init__(self, field: str, sentence: str) -> None:
        self.field = field
        super().__init__(sentence)


@dataclass(frozen=True, slots=True)
class Told:
    """What was told for a duty: what, where (such as the Safety Business Gateway), when, and their reference."""

    text: str
    where: str
    told_at: datetime
    reference: str = ""


@dataclass(frozen=True, slots=True)
class ToldPolice:
    """What the police of a country was told: which authority, why that country, what it was given, when."""

    country: str
    authority: str
    basis: Basis
    given: str
    told_at: datetime
    reference: str = ""


def require_told(told: Told, *, at: datetime, reference: bool) -> None:
    """
    Pass if a record is whole.

    :param reference: whether it has to name theirs, too
    :raises NotSaid: naming the first field that is missing, or a moment that is still to come
    """
    _require("text", told.text, _("Write what was told: which goods, what is wrong with them, what was done."))
    _require("where", told.where, _("Write where or to whom, such as the Safety Business Gateway."))
    if reference:
        _require("reference", told.reference, _("Write the number under which they keep it."))
    _require_past(told.told_at, at)


def require_told_police(told: ToldPolice, *, at: datetime) -> None:
    """
    Pass if a record of what the police was told is whole.

    :raises NotSaid: as above; also where the country is none of the Union's
    """
    _require("authority", told.authority, _("Write which authority was told."))
    _require("given", told.given, _("Write what it was given: which listing, which documents, which data."))
    members = single(["EU"], at.date())
    fits = told.country == EUROPOL if told.basis == Basis.EUROPOL else told.country in members
    if not fits:
        raise NotSaid("country", _("Choose a country of the Union for this reason, or Europol for its own."))
    _require_past(told.told_at, at)


def _require(field: str, said: str, sentence: str) -> None:
    if not said.strip():
        raise NotSaid(field, sentence)


def _require_past(told_at: datetime, at: datetime) -> None:
    if told_at > at:
        raise NotSaid("told_at", _("That is still to come: write when it was told."))
