"""A seller's own trader details: where they stand, giving them, certifying them anew."""

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from touchmark.apps.blobs import evidence
from touchmark.apps.blobs.evidence import UnusableFile
from touchmark.apps.traders import access, actions
from touchmark.apps.traders.actions import DetailsMissing, Given
from touchmark.engine.lifecycle.table import IllegalMove
from touchmark.engine.lifecycle.trader import TraderStatus
from touchmark.engine.terms import Role
from touchmark.web import clock
from touchmark.web.guard import PersonRequest, roles
from touchmark.web.media.upload import was_refused
from touchmark.web.traders.due import due_of
from touchmark.web.traders.forms import TraderForm

if TYPE_CHECKING:
    from touchmark.apps.traders.models import TraderDetails

#: Colour, word and icon of each status.
BADGES: dict[str, tuple[str, Promise, str]] = {
    TraderStatus.ASKED: ("amber", gettext_lazy("Asked for"), "alert"),
    TraderStatus.GIVEN: ("", gettext_lazy("Being verified"), "clock"),
    TraderStatus.RETURNED: ("amber", gettext_lazy("Something is missing"), "alert"),
    TraderStatus.VERIFIED: ("green", gettext_lazy("Verified"), "settled"),
    TraderStatus.DUE: ("amber", gettext_lazy("Certify them anew"), "alert"),
    TraderStatus.WARNED: ("red", gettext_lazy("Overdue"), "alert"),
    TraderStatus.LATE: ("red", gettext_lazy("Overdue: suspension proposed"), "restricted"),
}


@roles(Role.SELLER)
def trader(request: PersonRequest) -> HttpResponse:
    """Show where the details stand, and ask for them; a POST gives them, or certifies them anew."""
    details = access.details_for(request.actor).first()
    if request.method != "POST":
        return _page(request, details, TraderForm(initial=_initial(details), account=_account(details)))
    if "certify" in request.POST:
        return _certified(request)
    form = TraderForm(request.POST, request.FILES, account=_account(details))
    document = _document(form, details)
    if form.is_valid() and _given(request, form, document, details):
        messages.success(request, _("We have your details. Somebody compares them, and we write to you."))
        return redirect("seller_trader")
    return _page(request, details, form, status=422)


def _initial(details: "TraderDetails | None") -> dict[str, object]:
    names = [name for name in TraderForm.base_fields if name not in ("document", "self_certified", "payment_account")]
    return {name: getattr(details, name) for name in names} if details else {}


def _account(details: "TraderDetails | None") -> str:
    return details.account_shown if details else ""


def _document(form: TraderForm, details: "TraderDetails | None") -> str:
    """Keep the file that was sent, if it can be read as a picture; else the one that stands counts."""
    file = form.files.get("document")
    standing = (details.id_document_id or "") if details else ""
    if file is None:
        if not standing:
            form.add_error("document", _("Add a photo or a scan of an identity document."))
        return standing
    try:
        return evidence.take_in_page(file.read(), at=clock.now()).sha256
    except UnusableFile as refusal:
        form.add_error("document", _(refusal.sentence))
        return ""


def _given(request: PersonRequest, form: TraderForm, document: str, details: "TraderDetails | None") -> bool:
    said = {name: value for name, value in form.cleaned_data.items() if name != "document"}
    if not said["payment_account"] and details:
        said["payment_account"] = details.payment_account
    try:
        actions.give(given=Given(**said, id_document=document), actor=request.actor, at=clock.now())
    except DetailsMissing as refusal:
        both = _("Give both the register and the number, or neither.")
        for name in refusal.fields:
            form.add_error(name if name in form.fields else None, both)
        return False
    return True


def _certified(request: PersonRequest) -> HttpResponse:
    try:
        actions.certify(actor=request.actor, at=clock.now())
    except IllegalMove:
        messages.warning(request, _("Nothing has to be certified now."))
    else:
        messages.success(request, _("Thank you. That holds for another year."))
    return redirect("seller_trader")


def _page(
    request: PersonRequest, details: "TraderDetails | None", form: TraderForm, *, status: int = 200
) -> HttpResponse:
    if was_refused(request):
        form.add_error("document", _("The file is too large: send one of at most 30 MB."))
        status = 422
    badge = BADGES[details.status] if details else None
    shown = {
        "details": details,
        "badge": {"colour": badge[0], "text": badge[1], "icon": badge[2]} if badge else None,
        "due": due_of(details),
        "form": form,
    }
    return render(request, "touchmark/seller/trader.html", shown, status=status)
