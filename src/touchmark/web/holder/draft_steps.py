"""The steps of a notice, as each of their pages shows them."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from touchmark.flows.report_listing import TEXTS, Refused

if TYPE_CHECKING:
    from touchmark.apps.notices.models import Notice
    from touchmark.flows.draft_notice import Shown

#: The steps in order, and the route of each.
STEPS: Mapping[str, str] = {
    "right": "holder_report",
    "listings": "holder_draft_listings",
    "reason": "holder_draft_reason",
    "words": "holder_draft_words",
    "check": "holder_draft_check",
}


def frame(step: str, draft: "Notice | None" = None, stands: "Shown | None" = None) -> dict[str, object]:
    """
    Give what every step's page shows: which step it is, the draft, where the others are; and, where it is known what
    the draft comes to, how many of its listings can be reported.
    """
    names = list(STEPS)
    number = names.index(step) + 1
    shown: dict[str, object] = {"number": number, "steps_in_all": len(STEPS), "draft": draft}
    if draft is not None:
        shown |= {f"{name}_address": reverse(STEPS[name], args=[draft.ref]) for name in names[1:]}
        shown["back"] = shown.get(f"{names[number - 2]}_address", reverse("holder_notices"))
    if stands is not None:
        shown |= {"reported": len(stands.meant), "out": len(stands.refused)}
    return shown


def why_of(refused: Refused) -> tuple[str, str]:
    """Give why a listing cannot be reported, and what to do about it, to be read."""
    reason, remedy = TEXTS[refused.why]
    return _(reason), _(remedy)
