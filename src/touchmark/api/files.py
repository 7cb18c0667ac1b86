"""Files that come with a body: their bytes in Base64."""

import base64
import binascii
from http import HTTPStatus
from typing import Annotated

from pydantic import Field

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
