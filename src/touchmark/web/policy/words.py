"""What a rule asks for and where it stands, in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from touchmark.engine.lifecycle.rule import RuleStatus
from touchmark.engine.screening.rules.rule import Conditions, Effect
from touchmark.engine.terms import Verdict, Way
from touchmark.web.ui.words import WAYS

if TYPE_CHECKING:
    from touchmark.apps.rules.models import RuleVersion

EFFECTS: Mapping[str, Promise] = {
    Effect.ACT: gettext_lazy("Acts by itself"),
    Effect.QUEUE: gettext_lazy("Lets a person look"),
    Effect.LEAVE: gettext_lazy("Leaves it"),
}

#: Colour, word and icon of each status.
STATUSES: Mapping[str, tuple[str, Promise, str]] = {
    RuleStatus.DRAFT: ("", gettext_lazy("Draft"), "text"),
    RuleStatus.SHADOW: ("accent", gettext_lazy("In shadow"), "eye"),
    RuleStatus.PROPOSED: ("amber", gettext_lazy("Waits for a second person"), "people"),
    RuleStatus.LIVE: ("green", gettext_lazy("Live"), "settled"),
    RuleStatus.STOPPED: ("red", gettext_lazy("Stopped"), "restricted"),
    RuleStatus.RETIRED: ("", gettext_lazy("Retired"), "undo"),
}

STOPPED: Mapping[str, Promise] = {
    "by_hand": gettext_lazy("stopped by hand"),
    "too_fast": gettext_lazy("stopped by itself: it acted too fast"),
    "too_wrong": gettext_lazy("stopped by itself: too much was put back on appeal"),
}

MEASURES: Mapping[str, Promise] = {
    "remove": gettext_lazy("takes the listing off sale"),
    "disable": gettext_lazy("disables the listing"),
    "hide": gettext_lazy("hides the listing from search"),
}

VERDICTS: Mapping[str, Promise] = {
    Verdict.ACT: gettext_lazy("To be acted on"),
    Verdict.REVIEW: gettext_lazy("To a person"),
    Verdict.CLEAR: gettext_lazy("Left alone"),
}

PEOPLE: Mapping[str, Promise] = {
    "restricted": gettext_lazy("restricted"),
    "left": gettext_lazy("left on sale"),
    "reversed": gettext_lazy("put back on appeal"),
    "undecided": gettext_lazy("undecided"),
}

LEFT: Mapping[str, Promise] = {
    "stopped": gettext_lazy("the rule was stopped"),
    "overtaken": gettext_lazy("the listing changed, or was decided on"),
    "decided_before": gettext_lazy("somebody has decided on it before"),
    "reported": gettext_lazy("a holder has reported it"),
    "no_right": gettext_lazy("no right to rest on, or the holder names the seller"),
    "refused": gettext_lazy("the decision could not be written"),
}

EVENTS: Mapping[str, Promise] = {
    "write": gettext_lazy("wrote version {version}"),
    "amend": gettext_lazy("wrote version {version} anew"),
    "shadow": gettext_lazy("let version {version} be tried in shadow"),
    "replay": gettext_lazy("replayed version {version}"),
    "propose": gettext_lazy("proposed version {version}"),
    "approve": gettext_lazy("switched version {version} on, as the second person"),
    "switch_on": gettext_lazy("switched version {version} on"),
    "send_back": gettext_lazy("sent version {version} back"),
    "stop": gettext_lazy("stopped version {version}"),
    "brake": gettext_lazy("version {version} stopped by itself"),
    "replace": gettext_lazy("version {version} made room for the next"),
    "retire": gettext_lazy("retired version {version}"),
}


@dataclass(frozen=True, slots=True)
class Asked:
    """One condition: what it is about, and what fits it."""

    name: str
    fits: str


def asked(conditions: Conditions, names: Mapping[str, str]) -> list[Asked]:
    """Give conditions in words; ``names`` says how rights are called, by id."""
    return list(_asked(conditions, names))


def _asked(of: Conditions, names: Mapping[str, str]) -> Iterator[Asked]:
    if of.of_risk:
        yield Asked(_("Risk"), _between(of.risk_from, of.risk_below))
    if of.way:
        yield Asked(_("Way of use"), _or([str(WAYS[Way(way)]) for way in of.way]))
    if of.right:
        yield Asked(_("Right"), _or([names.get(right, right) for right in of.right]))
    if of.confidence_from is not None:
        yield Asked(_("How sure the use is"), _("from {number} up").format(number=of.confidence_from))
    for name, values in (
        (_("Category"), of.category),
        (_("Marketplace"), of.marketplace),
        (_("Seller's standing"), of.standing),
        (_("Offered in"), of.offered_in),
    ):
        if values:
            yield Asked(name, _or(values))


def _between(low: float | None, high: float | None) -> str:
    if low is not None and high is not None:
        return _("from {low} to below {high}").format(low=low, high=high)
    if low is not None:
        return _("from {number} up").format(number=low)
    return _("below {number}").format(number=high)


def _or(parts: list[str] | tuple[str, ...]) -> str:
    if len(parts) < 2:
        return "".join(parts)
    return _("{most} or {last}").format(most=", ".join(parts[:-1]), last=parts[-1])


def status_of(version: RuleVersion) -> tuple[str, Promise, str]:
    """Give how a badge says where a version stands."""
    return STATUSES[version.status]
