"""How the standing of a seller is shown."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from touchmark.engine.penalties.ladder import Standing

#: Colour, word and icon of each standing, and what it means.
STANDINGS: dict[Standing, tuple[str, Promise, str, Promise]] = {
    Standing.GOOD: ("green", _("Good"), "settled", _("Nothing counts against you.")),
    Standing.NOTED: ("", _("Noted"), "info", _("Something counts against you. What follows from it stands below.")),
    Standing.WARNED: (
        "amber",
        _("Warned"),
        "alert",
        _("Several decisions count against you. Look your other listings over before more are restricted."),
    ),
    Standing.AT_RISK: (
        "red",
        _("At risk"),
        "restricted",
        _("Many decisions count against you. Two people can decide to suspend your shop; you would be told why."),
    ),
}
