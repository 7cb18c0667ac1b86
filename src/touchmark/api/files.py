"""Files that come with a body: their bytes in Base64."""

import base64
import binascii
from collections.abc import Iterable, Iterator
from http import HTTPStatus
from typing import Annotated, Any

from pydantic import BaseModel, Field

from touchmark.api.problems import Refused

#: What the document says of Base64; the decoder is what checks it.
PATTERN = "^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$"
Base64 = Annotated[str, Field(json_schema_extra={"pattern": PATTERN})]


def bytes_of(text: str) -> bytes:
    """
    Give the bytes.

    :raises Refused: if it is no Base64
    """
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as fault:
        detail = "The file is no Base64: send the bytes of the file as they are, in the standard alphabet, padded."
        raise Refused(HTTPStatus.UNPROCESSABLE_ENTITY, detail) from fault


#: How a PDF begins in Base64.
PDF = base64.b64encode(b"%PDF-x")[:6].decode()


def documents_in(values: Iterable[Any]) -> Iterator[bytes]:
    """Give the documents that bodies hold, wherever they stand: what takes long to draw is drawn before all else."""
    for value in values:
        if isinstance(value, BaseModel):
            yield from documents_in(vars(value).values())
        elif isinstance(value, list | tuple):
            yield from documents_in(value)
        elif isinstance(value, str) and value.startswith(PDF):
            try:
                yield base64.b64decode(value, validate=True)
            except (binascii.Error, ValueError):  # it is refused where it is taken in
                continue
