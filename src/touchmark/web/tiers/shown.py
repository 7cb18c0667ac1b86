"""A record in numbers and words, for its owner and for reviewers."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from touchmark.engine.penalties.tiers import Side, rule_of
from touchmark.engine.policy.reasons import grounds
from touchmark.engine.policy.reasons import reasons as notice_reasons

if TYPE_CHECKING:
    from datetime import datetime

    from touchmark.apps.tiers.queries import Standing
    from touchmark.engine.penalties.tiers import Numbers, Share

#: Colour, words and icon of each lane, and what it means.
LANES: Mapping[str, tuple[str, Promise, str, Promise]] = {
    "fast": ("green", gettext_lazy("Fast lane"), "settled", gettext_lazy("What you send is looked at first.")),
    "normal": ("", gettext_lazy("Normal"), "info", gettext_lazy("What you send is looked at in its turn.")),
    "watched": (
        "amber",
        gettext_lazy("Watched"),
        "clock",
        gettext_lazy("Much of what you sent was unfounded: it is looked at with care, and there is a limit for a day."),
    ),
    "warned": (
        "amber",
        gettext_lazy("Warned"),
        "alert",
        gettext_lazy("A person warned you. What is manifestly unfounded after that can lead to a suspension."),
    ),
    "suspended": ("red", gettext_lazy("Suspended"), "restricted", gettext_lazy("You cannot send any for a time.")),
}


@dataclass(frozen=True, slots=True)
class Row:
    """One reason, or all: the lane, and the shares in percent as far as their number shows them."""

    name: str
    lane: str
    badge: tuple[str, Promise, str, Promise]
    of: int
    good: str
    overturned: str
    manifest: int


def shown(standing: "Standing", at: "datetime") -> dict[str, Any]:
    """Give what a page shows of a record."""
    rule = rule_of(standing.side, on=at.date())
    made = standing.made
    return {
        "side": standing.side,
        "badge": LANES[standing.status],
        "rows": [
            _row(_name(reason, standing.side), standing.lane_for(reason), made.by_reason[reason])
            for reason in made.by_reason
        ],
        "whole": _row(_("All together"), standing.status, made.numbers),
        "rule": rule,
        "sureness": round(rule.sureness * 100),
        "good_share": round(rule.good_share * 100),
        "good_at_least": round(rule.good_at_least * 100),
        "proposal": made.proposal,
    }


def _name(reason: str, side: Side) -> str:
    if side == Side.NOTIFIER:
        found = notice_reasons().get(reason)
        return _(found.says) if found else reason
    ground = grounds().get(reason)
    return _(ground.says) if ground else _("without a ground")


def _row(name: str, lane: str, numbers: "Numbers") -> Row:
    return Row(
        name=name,
        lane=lane,
        badge=LANES[lane],
        of=numbers.good.of,
        good=_percent(numbers.good),
        overturned=_percent(numbers.overturned),
        manifest=numbers.manifest.count,
    )


def _percent(share: "Share") -> str:
    """Give a share with what it is at least and at most."""
    if share.share is None:
        return "–"
    at_least, at_most = round(share.low * 100), round(share.high * 100)
    return _("%(share)s %% (%(low)s to %(high)s)") % {
        "share": round(share.share * 100),
        "low": at_least,
        "high": at_most,
    }
