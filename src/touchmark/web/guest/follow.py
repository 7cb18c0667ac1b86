"""A guest's notice at its own address: confirmed, followed, completed, taken back."""

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _

from touchmark.apps.blobs.evidence import UnusableFile
from touchmark.apps.counters.record import stream_of as stream_of_answer
from touchmark.apps.deadlines import queries as deadlines
from touchmark.apps.examinations import access as examinations
from touchmark.apps.examinations.actions import stream_of as stream_of_question
from touchmark.apps.notices import access, actions, guests, queries
from touchmark.apps.notices import evidence as files
from touchmark.apps.notices.addresses import secret_of
from touchmark.apps.notices.letters import redress
from touchmark.apps.notices.limits import TooManyAtOnce
from touchmark.apps.notices.record import stream_of_notice
from touchmark.apps.notices.running import clocks_of_each
from touchmark.apps.notices.standing import OPEN
from touchmark.engine.lifecycle.authentication import AuthenticationStatus as S
from touchmark.engine.lifecycle.filing import FilingStatus
from touchmark.engine.lifecycle.notice_item import ItemStatus
from touchmark.engine.lifecycle.table import IllegalMove
from touchmark.engine.terms import Actor
from touchmark.flows import withdraw_notice
from touchmark.web import clock
from touchmark.web.counters.offers import answers_of_each
from touchmark.web.guard import ActingRequest, public
from touchmark.web.holder.appeals import contested
from touchmark.web.holder.completing import CompletionForm
from touchmark.web.holder.rows import row_of
from touchmark.web.media.evidence import file_field
from touchmark.web.media.upload import was_refused
from touchmark.web.ui.due import Due, due_of
from touchmark.web.ui.words import words_of_reason

if TYPE_CHECKING:
    from touchmark.apps.notices.models import Notice, NoticeItem


def private(response: HttpResponse) -> HttpResponse:
    """Mark a page whose address is a secret: no search engine and no shared machine keeps it."""
    response["X-Robots-Tag"] = "noindex"
    add_never_cache_headers(response)
    return response


@public
def confirm(request: ActingRequest, ref: str, secret: str) -> HttpResponse:
    """Ask once more, since programs open links in letters; a POST confirms."""
    notice = guests.followed(ref, secret, "confirm")
    if request.method != "POST" and notice.status == FilingStatus.UNCONFIRMED:
        return private(render(request, "touchmark/guest/confirm.html", {"notice": notice}))
    try:
        stands = guests.confirm(ref=ref, secret=secret, at=clock.now())
    except IllegalMove:
        messages.warning(request, _("This notice was not confirmed in time, or was taken back. You can send it anew."))
        return redirect("guest_follow", ref, secret_of(ref, "follow"))
    if stands.status == FilingStatus.INCOMPLETE:
        messages.info(request, _("Your address is confirmed. Something is still missing."))
    return private(redirect("guest_follow", ref, secret_of(ref, "follow")))


@public
def follow(request: ActingRequest, ref: str, secret: str) -> HttpResponse:
    """Show where a guest's notice stands, each listing with what falls due and what came of it."""
    notice = guests.followed(ref, secret)
    actor, whole = guests.actor_of(notice), stream_of_notice(notice)
    items = list(access.items_for(actor).filter(notice=notice).order_by("number"))
    running = clocks_of_each(items)
    answers, asked = _answers(items, actor), _asked(items, actor)
    shown = {
        "notice": notice,
        "secret": secret,
        "reason": words_of_reason(notice.reason),
        "items": [
            _line(item, due_of(running[item.pk][:1]), actor)
            | {"answers": answers[item.pk], "examinations": asked[item.pk]}
            for item in items
        ],
        "due": due_of(deadlines.running_of_each([whole])[whole]),
        "incomplete": notice.status == FilingStatus.INCOMPLETE,
        "unconfirmed": notice.status == FilingStatus.UNCONFIRMED,
        "lapsed": notice.status == FilingStatus.LAPSED,
        "waits": any(item.status in OPEN for item in items),
        "upheld": any(item.status == ItemStatus.UPHELD for item in items),
        "files": files.of(notice),
    }
    return private(render(request, "touchmark/guest/follow.html", shown))


def _answers(items: "list[NoticeItem]", actor: Actor) -> dict[int, list[tuple[Any, dict[str, str], list[Due]]]]:
    """Give what sellers answered to each item, by its key, with what falls due."""
    found = answers_of_each(items, actor)
    given = [counter for answers in found.values() for counter, _badge in answers]
    running = deadlines.running_of_each(map(stream_of_answer, given))
    return {
        key: [(counter, badge, due_of(running[stream_of_answer(counter)])) for counter, badge in answers]
        for key, answers in found.items()
    }


def _asked(items: "list[NoticeItem]", actor: Actor) -> dict[int, list[tuple[Any, list[Due]]]]:
    """Give what was asked about the goods of each item, by its key, with by when to answer."""
    found = [one for one in examinations.examinations_for(actor).filter(item__in=items) if one.status != S.CANCELLED]
    running = deadlines.running_of_each(map(stream_of_question, found))
    asked: dict[int, list[tuple[Any, list[Due]]]] = {item.pk: [] for item in items}
    for one in found:
        asked[one.item_id].append((one, due_of(running[stream_of_question(one)])))
    return asked


def _line(item: "NoticeItem", due: list[Due], actor: Actor) -> dict[str, object]:
    ended = item.status in (ItemStatus.REFUSED, ItemStatus.REVERSED)
    return {
        "number": item.number,
        "row": row_of(item),
        "due": due,
        "outcome": item.outcome_text,
        "redress": redress(item) if ended else None,
        **contested(item, actor, clock.now()),
    }


class GuestCompletion(CompletionForm):
    """What is missing, as questions; where a file gives it, a file will do."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        for name in [name for name in self.fields if name in files.KINDS]:
            self.fields[name].required = False
            self.fields[f"file_{name}"] = file_field(_("As a file"))

    @property
    def uploads(self) -> list[str]:
        """The elements that a file can give here."""
        return [name.removeprefix("file_") for name in self.fields if name.startswith("file_")]


@public
def complete(request: ActingRequest, ref: str, secret: str) -> HttpResponse:
    """Ask for what a guest's notice lacks; once it is all there it is judged."""
    notice = guests.followed(ref, secret)
    if notice.status != FilingStatus.INCOMPLETE:
        return private(redirect("guest_follow", ref, secret))
    actor = guests.actor_of(notice)
    form = GuestCompletion(request.POST or None, request.FILES or None, lacking=queries.lacking_of(notice, actor))
    if request.method == "POST" and was_refused(request):
        form.add_error(None, _("The files are too large: send at most 30 MB in all."))
    if form.is_valid() and _added(notice, form):
        given = {name: value for name, value in form.cleaned_data.items() if value and not name.startswith("file_")}
        if not actions.complete(ref=ref, particulars=given, actor=actor, at=clock.now()):
            messages.success(request, _("Your notice is complete. It is judged now."))
            return private(redirect("guest_follow", ref, secret))
        return private(redirect("guest_complete", ref, secret))
    due = due_of(deadlines.running_of_each([stream_of_notice(notice)])[stream_of_notice(notice)])
    shown = {"notice": notice, "secret": secret, "form": form, "due": due}
    return private(render(request, "touchmark/guest/complete.html", shown, status=422 if form.errors else 200))


def _added(notice: "Notice", form: GuestCompletion) -> bool:
    for name in form.uploads:
        if sent := form.cleaned_data.get(f"file_{name}"):
            try:
                files.add(notice, files.Sent(sent.read(), sent.name, name), at=clock.now())
            except UnusableFile as refusal:
                form.add_error(f"file_{name}", _(refusal.sentence))
            except TooManyAtOnce as refusal:
                form.add_error(f"file_{name}", str(refusal))
    return not form.errors


@public
def withdraw(request: ActingRequest, ref: str, secret: str) -> HttpResponse:
    """Ask before a guest's notice is taken back; a POST does it."""
    notice = guests.followed(ref, secret)
    if request.method != "POST":
        return private(render(request, "touchmark/guest/withdraw.html", {"notice": notice, "secret": secret}))
    try:
        withdraw_notice.withdraw(ref=ref, actor=guests.actor_of(notice), at=clock.now())
    except IllegalMove:
        messages.warning(request, _("This notice is decided or withdrawn already. Nothing was changed."))
    else:
        messages.success(request, _("Your notice is withdrawn."))
    return private(redirect("guest_follow", ref, secret))
