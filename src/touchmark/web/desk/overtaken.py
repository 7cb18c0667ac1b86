"""What has changed on a listing since a reviewer opened it, in sentences, so that the work done on it is not lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from touchmark.apps.decisions.kinds import DecisionKind
from touchmark.flows.decide import Seen
from touchmark.web.desk.addresses import decision_link
from touchmark.web.desk.words import DONE
from touchmark.web.ui.dates import moment

if TYPE_CHECKING:
    from touchmark.apps.decisions.models import Decision
    from touchmark.web.desk.evidence import Evidence


def now_of(evidence: Evidence) -> Seen:
    """Give what lies before the reviewer now, in the terms of the flow."""
    refs = frozenset(notice.ref for notice in evidence.notices)
    return Seen(evidence.listing.digest, evidence.open_assessment, refs)


def changes(evidence: Evidence, seen: Seen) -> list[str]:
    """Say what is different from what was seen; the decision that somebody else took stands first."""
    now = now_of(evidence)
    said: list[str] = []
    if decided := _decided_meanwhile(evidence, seen, now):
        said.append(_decided(decided))
    if now.listing_digest != seen.listing_digest:
        said.append(_("The marketplace has sent another version of the listing, which is what you see here."))
    if now.assessment_id not in (None, seen.assessment_id):
        said.append(_("It was screened again: the findings beside it are new."))
    for ref in sorted(now.notice_refs - seen.notice_refs):
        said.append(_("A holder has reported it meanwhile: notice {ref} waits for an answer.").format(ref=ref))
    for ref in sorted(seen.notice_refs - now.notice_refs):
        said.append(_("Notice {ref} does not wait any more: it was settled or withdrawn.").format(ref=ref))
    return said


def _decided_meanwhile(evidence: Evidence, seen: Seen, now: Seen) -> Decision | None:
    """Give the newest decision, if it is what took away something that was seen waiting, or restricts the listing."""
    settled = seen.assessment_id is not None and now.assessment_id is None
    gone = bool(seen.notice_refs - now.notice_refs)
    if evidence.earlier and (settled or gone or evidence.in_force):
        return evidence.in_force or evidence.earlier[0]
    return None


def _decided(decision: Decision) -> SafeString:
    return format_html(
        _("{who} {did} on {when}: decision {ref}."),
        who=decision.by,
        did=DONE[DecisionKind(decision.kind)],
        when=moment(decision.decided_at),
        ref=decision_link(decision.ref),
    )
