"""What the answer to a holder is begun from, in its language: by what was found, or by why the listing is left."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from touchmark.apps.accounts import queries as accounts
from touchmark.apps.decisions import facts
from touchmark.apps.decisions.kinds import DismissReason
from touchmark.web.desk.proposed import drafted_answer

if TYPE_CHECKING:
    from touchmark.apps.notices.models import NoticeItem
    from touchmark.web.desk.evidence import Evidence

#: What a holder is told, by why its notice is refused; of another reason nobody knows the words.
REFUSED: Mapping[str, Promise] = {
    DismissReason.NO_USE: gettext_lazy("The listing does not use your right."),
    DismissReason.REFERENCE: gettext_lazy(
        "The listing names your mark only to say what its goods fit or are compared with."
    ),
    DismissReason.AUTHORISED: gettext_lazy("We were shown that you have authorised this seller."),
    DismissReason.GENUINE: gettext_lazy(
        "We were shown that these are genuine goods, put on the market there with your consent."
    ),
    DismissReason.NOT_SIMILAR: gettext_lazy("The listing is not similar enough to what your right protects."),
    DismissReason.OUTSIDE: gettext_lazy(
        "Your right is not in force where the listing is offered, or not for its goods."
    ),
    DismissReason.CORRECTED: gettext_lazy("The seller has corrected the listing."),
    DismissReason.PROVED: gettext_lazy("The seller has shown where the goods come from."),
}


def drafts(evidence: Evidence) -> dict[str, dict[str, object]]:
    """Give, for each notice by its reference, the words to begin with: ``uphold``, and ``refuse`` by the reason."""
    return {notice.ref: _drafts(notice, evidence) for notice in evidence.notices}


def _drafts(notice: NoticeItem, evidence: Evidence) -> dict[str, object]:
    evident = drafted_answer(notice)
    with translation.override(accounts.language_of(notice.holder_id)):
        found = facts.to_holder(evidence.found, notice.right)
        uphold = " ".join(filter(None, (_("We found your right used in the listing, as you reported."), found)))
        return {
            "evident": evident,
            "uphold": uphold if found else "",
            "refuse": {str(reason): str(text) for reason, text in REFUSED.items()},
        }
