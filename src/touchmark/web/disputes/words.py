"""Where a dispute stands, in words."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

STANDINGS: dict[str, tuple[str, Promise]] = {
    "open": ("amber", _("before the body")),
    "overdue": ("red", _("the body’s time is over")),
    "decided": ("amber", _("decided, not answered yet")),
    "followed": ("green", _("decided and followed")),
    "not_followed": ("violet", _("decided, not followed")),
    "refused": ("", _("resolved before")),
    "settled": ("green", _("settled")),
    "ended": ("", _("not pursued")),
}
RESULTS: dict[str, Promise] = {
    "for": _("for the party"),
    "partly": _("in part for the party"),
    "against": _("for the platform"),
}
#: Outcomes as they are counted: results, and where those without one stand.
OUTCOMES: dict[str, Promise] = {**RESULTS, **{name: word for name, (_colour, word) in STANDINGS.items()}}
