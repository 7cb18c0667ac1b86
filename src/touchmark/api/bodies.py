"""Bodies that are read to a file as they arrive: memory stays bounded, and what breaks off is refused."""

from collections.abc import Iterator
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path

from django.http import HttpRequest
from django.http.request import UnreadablePostError

from touchmark.api.problems import Refused

_BLOCK = 2**18


@dataclass(frozen=True, slots=True)
class Sent:
    """A body that was read to a file."""

    path: Path
    digest: str


def require_length(request: HttpRequest) -> None:
    """
    Pass if the request says how long its body is.

    :raises Refused: otherwise
    """
    if "HTTP_TRANSFER_ENCODING" in request.META:
        raise Refused(HTTPStatus.LENGTH_REQUIRED, "Say with Content-Length how many bytes the body has.")


def length_of(request: HttpRequest) -> int:
    """Give how many bytes the body is said to have."""
    length = request.META.get("CONTENT_LENGTH") or "0"
    return int(length) if length.isdecimal() else 0


def blocks_of(request: HttpRequest) -> Iterator[bytes]:
    """Give the body in blocks, as far as it came."""
    try:
        while block := request.read(_BLOCK):
            yield block
    except (UnreadablePostError, OSError):
        return


def require_whole(request: HttpRequest, size: int) -> None:
    """
    Pass if all of the body came.

    :raises Refused: if it broke off
    """
    if size < length_of(request):
        raise Refused(HTTPStatus.BAD_REQUEST, "The body broke off before its end. Nothing was taken in: send it again.")
