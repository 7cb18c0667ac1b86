"""The words of a letter as plain text, in the language that is active: the e-mail, and the subject of the list."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string

from touchmark.apps.inbox.models import Letter


def written(letter: Letter, *, link: str = "") -> tuple[str, str]:
    """
    Give the subject and the text of a letter, as the e-mail that goes with it says them.

    :param link: where its reader finds it, if not in an inbox
    """
    link = link or f"{settings.PUBLIC_URL}/inbox/{letter.pk}/"
    values = {"c": _on_one_line(letter.content), "link": link}
    subject, _, body = render_to_string(f"letters/{letter.kind}.txt", values).partition("\n")
    return subject.strip(), body.strip() + "\n"


def subject_of(letter: Letter) -> str:
    """Give what a list of letters calls this one."""
    return written(letter)[0]


def _on_one_line(content: Mapping[str, Any]) -> dict[str, Any]:
    """Put the listing's title on one line: the first line of the text is the subject, and ends there."""
    listing = content.get("listing")
    if not isinstance(listing, Mapping):
        return dict(content)
    return {**content, "listing": {**listing, "title": " ".join(str(listing["title"]).split())}}
