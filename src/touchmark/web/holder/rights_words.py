"""Words about rights for what the code calls by short names."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from touchmark.engine.lifecycle.right import RightStatus
from touchmark.engine.terms import OfficeStatus, RightKind

#: Colour, words and icon of each status.
BADGES: Mapping[str, tuple[str, Promise, str]] = {
    RightStatus.SUBMITTED: ("amber", _("Waits for a reviewer"), "clock"),
    RightStatus.VERIFIED: ("green", _("Verified"), "settled"),
    RightStatus.DECLINED: ("amber", _("Not verified"), "alert"),
    RightStatus.WITHDRAWN: ("", _("Withdrawn"), "undo"),
    RightStatus.CLAIMED: ("", _("Claimed in a notice"), "info"),
}

#: Each kind with what it protects, as the form offers it.
KINDS: Mapping[str, Promise] = {
    RightKind.WORD_MARK: _("Word mark: a name, in any lettering"),
    RightKind.FIGURATIVE_MARK: _("Figurative mark: a logo or a picture"),
    RightKind.DESIGN: _("Design: how a product looks"),
    RightKind.COPYRIGHT: _("Copyright: a photo, a drawing, a text"),
    RightKind.PATENT: _("Patent"),
    RightKind.UTILITY_MODEL: _("Utility model"),
    RightKind.GEOGRAPHICAL_INDICATION: _("Geographical indication"),
}

OFFICE_STATUSES: Mapping[str, Promise] = {
    OfficeStatus.REGISTERED: _("Registered (or, where nothing is registered, in force)"),
    OfficeStatus.APPLIED: _("Applied for"),
    OfficeStatus.REFUSED: _("Refused"),
    OfficeStatus.CANCELLED: _("Cancelled"),
}

#: The same where a page says it in passing.
AT_THE_OFFICE: Mapping[str, Promise] = {
    OfficeStatus.REGISTERED: _("registered"),
    OfficeStatus.APPLIED: _("applied for"),
    OfficeStatus.REFUSED: _("refused"),
    OfficeStatus.CANCELLED: _("cancelled"),
}

#: What is claimed of a work that no office registered, by ``registry.content.CLAIM``.
CLAIMED: Mapping[str, Promise] = {
    "maker": _("Made by"),
    "made": _("Made"),
    "first_shown": _("First shown"),
    "shown_by": _("What shows that"),
}

#: What happened to a right, as its timeline says it.
DONE: Mapping[str, Promise] = {
    "submit": _("entered the right"),
    "claim": _("stated the right in a notice"),
    "amend": _("changed the right"),
    "verify": _("verified the right"),
    "decline": _("did not verify the right"),
    "withdraw": _("withdrew the right"),
}
