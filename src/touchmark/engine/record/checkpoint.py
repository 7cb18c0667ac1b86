"""
A tree's head as a text that anyone can keep and check: C2SP tlog-checkpoint in a C2SP signed note.

    <origin>                     the log's own name
    <size>                       leaves, decimal
    <root>                       base64
    <moment>                     when it was made, our one extension line: so that the moment is signed too
                                 (an empty line)
    — <name> <base64 of key id and signature>

Interoperates with the tools written for those formats (https://c2sp.org/tlog-checkpoint, https://c2sp.org/signed-note).
"""

import base64
import binascii
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from touchmark.engine.errors import TouchmarkError
from touchmark.engine.record.entry import moment

#: The algorithm byte of Ed25519 in key ids and key texts.
ED25519 = b"\x01"


class NotACheckpoint(TouchmarkError):
    """The text is not a checkpoint in the form described here."""


class NotSigned(TouchmarkError):
    """No key that is trusted here signed the checkpoint, or one did whose signature does not hold."""


class Signer(Protocol):
    """Holds a key under a name and signs with Ed25519."""

    @property
    def name(self) -> str:
        """The key's name, which is the log's origin."""

    @property
    def key_id(self) -> bytes:
        """The 4 bytes of :func:`key_id`."""

    def sign(self, message: bytes) -> bytes:
        """The 64 bytes of the signature."""


class Verifier(Protocol):
    """Knows a public key under a name."""

    @property
    def name(self) -> str:
        """The key's name."""

    @property
    def key_id(self) -> bytes:
        """The 4 bytes of :func:`key_id`."""

    def verify(self, message: bytes, signature: bytes) -> bool:
        """Whether the signature is this key's over the message."""


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """The head of a tree: which log, how many leaves, which root, when."""

    origin: str
    size: int
    root: bytes
    at: datetime

    def text(self) -> str:
        """What is signed, ending in a newline."""
        return f"{self.origin}\n{self.size}\n{_base64(self.root)}\n{moment(self.at)}\n"

    def signed(self, signer: Signer) -> str:
        """The whole note: the text, an empty line, the signature's line."""
        text = self.text()
        return f"{text}\n— {signer.name} {_base64(signer.key_id + signer.sign(text.encode()))}\n"


def opened(note: str, verifiers: Iterable[Verifier]) -> Checkpoint:
    """
    The checkpoint within a note, once a trusted key is seen to have signed it.

    Lines by unknown keys (a witness's, say) are passed over, as the format asks.

    :raises NotACheckpoint: if the note is not in the form
    :raises NotSigned: if no trusted key signed it, or a trusted key's signature is false
    """
    text, signatures = _parted(note)
    _require_signature(text.encode(), signatures, {(v.name, v.key_id): v for v in verifiers})
    return _read(text)


def key_id(name: str, public_key: bytes) -> bytes:
    """The 4 bytes that tell keys of one name apart."""
    return hashlib.sha256(name.encode() + b"\n" + ED25519 + public_key).digest()[:4]


def _require_signature(
    message: bytes, signatures: list[tuple[str, bytes]], trusted: dict[tuple[str, bytes], Verifier]
) -> None:
    known = [(trusted[name, raw[:4]], raw[4:]) for name, raw in signatures if (name, raw[:4]) in trusted]
    if not known:
        raise NotSigned("No key that is trusted here has signed this checkpoint.")
    for verifier, signature in known:
        if not verifier.verify(message, signature):
            raise NotSigned(f"The signature by {verifier.name}+{verifier.key_id.hex()} does not hold.")


def _parted(note: str) -> tuple[str, list[tuple[str, bytes]]]:
    text, empty_line, tail = note.rpartition("\n\n")
    if not empty_line or not tail.endswith("\n"):
        raise NotACheckpoint("A signed checkpoint is a text, an empty line and lines of signatures.")
    return text + "\n", [_signature(line) for line in tail.removesuffix("\n").split("\n")]


def _signature(line: str) -> tuple[str, bytes]:
    dash, _, rest = line.partition(" ")
    name, _, signature = rest.partition(" ")
    raw = _bytes(signature)
    if dash != "—" or not name or len(raw) < 5:
        raise NotACheckpoint(f"Not a line of a signature: {line[:80]!r}")
    return name, raw


def _read(text: str) -> Checkpoint:
    lines = text.removesuffix("\n").split("\n")
    if len(lines) != 4 or not all(lines):
        raise NotACheckpoint("A checkpoint of ours has four lines: origin, size, root, moment.")
    origin, size, root, at = lines
    try:
        read = Checkpoint(origin=origin, size=int(size), root=_bytes(root), at=datetime.fromisoformat(at))
    except ValueError:
        raise NotACheckpoint("The checkpoint's size or moment cannot be read.") from None
    if read.text() != text:
        raise NotACheckpoint("The checkpoint's numbers are not in their one spelling.")
    return read


def _base64(raw: bytes) -> str:
    return base64.b64encode(raw).decode()


def _bytes(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raise NotACheckpoint(f"Not base64: {text[:80]!r}") from None
