"""Speaks to the API of a Touchmark installation: ``Client`` has a method for each operation."""

from touchmark_client.core import Refused
from touchmark_client.operations import Operations


class Client(Operations):
    """
    A program of yours at an installation.

    ``with Client("https://touchmark.example", token="tmk_…") as touchmark: …``
    """


__all__ = ["Client", "Refused"]
