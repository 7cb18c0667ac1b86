"""What tests of reporting write: a draft up to its last step, a spreadsheet."""

from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import Workbook
from tests.web import worlds

from touchmark.apps.registry.models import Right

STATEMENT = "The clasp in picture 2 has a round rivet.\n\nOurs is square <b>"


def told(answer: Any) -> str:
    return worlds.words_of(answer.content.decode())


def begun(client: Client, right: Right) -> str:
    """Begin a draft, and give the address below which its steps lie."""
    answer = client.post("/holder/report/", {"right": right.ref})
    assert answer.status_code == 302, told(answer)
    return str(answer.headers["Location"]).removesuffix("listings/")


def written(client: Client, right: Right, *listings: str, reason: str = "suspected_fake", **said: Any) -> str:
    """Write a draft up to its last step."""
    draft = begun(client, right)
    client.post(f"{draft}listings/", {"pasted": "\n".join(listings), "do": "add"})
    client.post(f"{draft}reason/", {"reason": reason})
    answer = client.post(f"{draft}words/", {"statement": STATEMENT, "do": "next"} | said)
    assert answer.status_code == 302, told(answer)
    return draft


def sheet(*rows: tuple[object, ...], name: str = "list.xlsx") -> SimpleUploadedFile:
    book, file = Workbook(), BytesIO()
    for row in rows:
        book.active.append(row)  # type: ignore[union-attr]
    book.save(file)
    return SimpleUploadedFile(name, file.getvalue())
