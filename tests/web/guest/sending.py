"""What a guest sends and gets: the form, the letters about it, the addresses in them."""

import re
from typing import Any
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.factories import catalog, pictures
from tests.web import worlds

from touchmark.apps.catalog.actions import Company
from touchmark.apps.catalog.models import Listing
from touchmark.apps.notices.models import Notice
from touchmark.apps.outbox.models import Message


def poster() -> Listing:
    """Put a poster on sale in the United States."""
    company = Company(established="US", calendar="us", zone="America/New_York")
    catalog.marketplace("harbor", name="Harbor Goods", territories=["US"], company=company)
    return catalog.listing(on="harbor", listing_id="H-1", title="A poster", url="https://harbor.example/item/1")


def said(**more: Any) -> dict[str, Any]:
    return {
        "name": "Mara Voss",
        "email": "mara@example.test",
        "text": "Poppy field",
        "listings": "https://harbor.example/item/1",
        "reason": "copied_picture",
        "statement": "It is my photograph.",
        "good_faith": "on",
        "request_key": str(uuid4()),
    } | more


def told(answer: Any) -> str:
    return worlds.words_of(answer.content.decode())


def sent(client: Client, kind: str = "copyright", **more: Any) -> Notice:
    answer = client.post(f"/report/{kind}/", said(**more))
    assert answer.status_code == 302, told(answer)
    return Notice.objects.latest("pk")


def letters() -> list[dict[str, str]]:
    return [message.payload for message in Message.objects.filter(kind="email").order_by("pk")]


def letter(subject: str, of: str = "") -> dict[str, str]:
    """Give the one letter whose subject begins so, about the notice of a reference if one is given."""
    (found,) = [one for one in letters() if one["subject"].startswith(subject) and of in one["subject"]]
    return found


def link(body: str) -> str:
    """Give the path of the one address in a letter."""
    (found,) = re.findall(r"http://[^/]+(/guest/\S+)", body)
    return str(found)


def proof(name: str = "proof.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, pictures.drawn(format="JPEG"))


DMCA = {
    "signature": "Mara Voss",
    "work": "The photograph “Poppy field”",
    "address": "1 Mill Lane, Leeds, United Kingdom",
    "phone": "+44 20 7946 0000",
    "statement_good_faith": "on",
    "statement_accuracy": "on",
    "statement_authority": "on",
}
