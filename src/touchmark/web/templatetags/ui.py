"""``{% load ui %}``: the parts of a page. ``docs/looks.md`` shows each with its tag."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django import template
from django.forms import BaseForm, BoundField
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from touchmark.engine.terms import Role, Way
from touchmark.web import clock as web_clock
from touchmark.web.ui import dates, words
from touchmark.web.ui.charts import Chart
from touchmark.web.ui.marked import Run, Span, runs
from touchmark.web.ui.pictures import Picture
from touchmark.web.ui.steps import Entry, Step

register = template.Library()
PARTS = "touchmark/ui/parts"

#: The icon of each colour that has a meaning, where the caller names no other.
ICONS = {"red": "restricted", "amber": "clock", "green": "settled", "violet": "dispute", "accent": "info", "": "info"}


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """Draw an icon of the sprite; with a label it is read out, without one it is decoration."""
    said = format_html('role="img" aria-label="{}"', label) if label else SafeString('aria-hidden="true"')
    return format_html(
        '<svg class="icon" {} focusable="false"><use href="{}#{}"></use></svg>',
        said,
        static("touchmark/icons.svg"),
        name,
    )


@register.simple_tag
def badge(colour: str, text: str, icon: str = "") -> SafeString:
    """Say a state: colour, icon and word together. Colours: red, amber, green, violet, accent, or none ("")."""
    return format_html('<span class="badge {}">{}{}</span>', colour, _icon(icon or ICONS[colour]), text)


_icon = icon


@register.simple_tag
def risk(value: float) -> SafeString:
    """Draw a risk between 0 and 1 as a bar with its number."""
    share = min(max(float(value), 0.0), 1.0)
    level = "high" if share >= 0.8 else "some" if share >= 0.5 else ""
    return format_html(
        '<span class="risk {}"><svg viewBox="0 0 100 16" preserveAspectRatio="none" aria-hidden="true">'
        '<rect class="track" width="100" height="16" rx="4"/><rect class="fill" width="{}" height="16" rx="4"/></svg>'
        '<span><span class="visually-hidden">{} </span>{}</span></span>',
        level,
        round(share * 100),
        _("risk"),
        f"{share:.2f}",
    )


@register.simple_tag
def when(at: datetime) -> SafeString:
    """Show a moment in full, in the reader's zone."""
    return format_html('<time datetime="{}">{}</time>', at.isoformat(), dates.moment(at))


@register.simple_tag
def day(on: date) -> SafeString:
    """Show a day in full."""
    return format_html('<time datetime="{}">{}</time>', on.isoformat(), dates.day(on))


@register.simple_tag
def age(since: datetime) -> SafeString:
    """Show how long ago something was; the moment itself is the tooltip."""
    return format_html(
        '<time datetime="{}" title="{}">{}</time>',
        since.isoformat(),
        dates.moment(since),
        dates.age(since, web_clock.now()),
    )


@register.inclusion_tag(f"{PARTS}/clock.html")
def clock(act: str, until: datetime, consequence: str = "") -> dict[str, Any]:
    """Say until when to do something, and what happens otherwise: ``{% clock "Answer" notice.due "If not, …" %}``."""
    at = web_clock.now()
    urgency = dates.urgency(until, at)
    return {"act": act, "until": until, "consequence": consequence, "urgency": urgency, "left": dates.left(until, at)}


@register.simple_tag
def due_badge(until: datetime) -> SafeString:
    """Say in a badge when something falls due, or how late it is."""
    colour, text = dates.due_badge(until, web_clock.now())
    return badge(colour, text, "clock")


@register.filter
def role_name(role: str) -> str:
    """Give a role as people call it."""
    return str(words.ROLES[Role(role)])


@register.filter
def way_name(way: str) -> str:
    """Give a finding's way in words."""
    return str(words.WAYS[Way(way)])


@register.simple_tag
def marked(text: str, spans: Iterable[Span] = (), focusable: bool = True) -> SafeString:
    """Show a listing's text with the uses of marks in it, everything escaped; not focusable within a link."""
    return format_html_join("", "{}", ((_run(run, focusable),) for run in runs(text, spans)))


def _run(run: Run, focusable: bool) -> SafeString:
    if not run.way:
        return format_html("{}", run.text)
    return format_html(
        '<mark class="use use-{}"{} data-label="{}" data-finding="{}">{}'
        '<span class="visually-hidden"> ({})</span></mark>',
        run.way,
        SafeString(' tabindex="0"' if focusable else ""),
        run.label,
        run.findings,
        run.text,
        run.label,
    )


@register.inclusion_tag(f"{PARTS}/picture.html")
def picture(picture: Picture) -> dict[str, Any]:
    """Show one picture with its boxes."""
    return {"picture": picture}


@register.inclusion_tag(f"{PARTS}/pair.html")
def pair(first: Picture, second: Picture) -> dict[str, Any]:
    """Show two pictures side by side, or one over the other to see what differs."""
    return {"first": first, "second": second}


@register.inclusion_tag(f"{PARTS}/chart.html")
def chart(chart: Chart) -> dict[str, Any]:
    """Draw a chart, with the table behind it."""
    return {"chart": chart}


@register.inclusion_tag(f"{PARTS}/steps.html")
def steps(steps: Sequence[Step]) -> dict[str, Any]:
    """Show where something stands."""
    return {"steps": steps}


@register.inclusion_tag(f"{PARTS}/timeline.html")
def timeline(entries: Sequence[Entry]) -> dict[str, Any]:
    """Show who said and did what, when."""
    return {"entries": entries}


@register.inclusion_tag(f"{PARTS}/field.html")
def field(field: BoundField) -> dict[str, Any]:
    """Show a form's field with its label, hint and error."""
    return {"field": field}


@register.inclusion_tag(f"{PARTS}/errors.html")
def errors(*forms: BaseForm) -> dict[str, Any]:
    """Show what to mend, at the top of the page, as links to the fields. Nothing where nothing is wrong."""
    found = [
        (_target(form[name]) if name in form.fields else "", text)
        for form in forms
        for name, texts in form.errors.items()
        for text in texts
    ]
    return {"errors": found}


def _target(field: BoundField) -> str:
    """Give the id of the control to go to: of several (radio buttons), the first."""
    return field.id_for_label or f"{field.auto_id}_0"


@register.inclusion_tag(f"{PARTS}/pages.html", takes_context=True)
def pages(context: Mapping[str, Any], page: Any) -> dict[str, Any]:
    """Turn the pages of a ``django.core.paginator.Page``, keeping the filters of the address."""
    kept = context["request"].GET.copy()
    kept.pop("page", None)
    return {"page": page, "kept": f"{kept.urlencode()}&" if kept else ""}


@register.inclusion_tag(f"{PARTS}/keys.html")
def keys(**more: str) -> dict[str, Any]:
    """Give the dialog that ``?`` opens: the keys of every list, then a page's own (``r="Restrict"``)."""
    return {"more": more.items()}


@register.simple_block_tag
def banner(content: str, colour: str = "accent", icon: str = "") -> SafeString:
    """``{% banner "amber" %}…{% endbanner %}``: something to know before reading on."""
    return format_html(
        '<div class="banner {}">{}<div>{}</div></div>', colour, _icon(icon or ICONS[colour]), SafeString(content)
    )


@register.simple_block_tag
def empty(content: str, title: str, icon: str = "queue", done: bool = False) -> SafeString:
    """``{% empty "Nothing left" icon="settled" done=True %}A sentence.{% endempty %}``: nothing is here, and why."""
    return format_html(
        '<div class="empty {}">{}<h2>{}</h2>{}</div>', "done" if done else "", _icon(icon), title, SafeString(content)
    )


@register.simple_block_tag
def dialog(content: str, id: str, title: str) -> SafeString:
    """``{% dialog "restrict" "Restrict this listing" %}…{% enddialog %}``; opened by ``data-opens="restrict"``."""
    return format_html(
        '<dialog id="{}" aria-labelledby="{}-title"><header><h2 id="{}-title">{}</h2>'
        '<form method="dialog"><button class="button bare icon-only" aria-label="{}">{}</button></form></header>'
        '<div class="body">{}</div></dialog>',
        id,
        id,
        id,
        title,
        _("Close"),
        _icon("cross"),
        SafeString(content),
    )
