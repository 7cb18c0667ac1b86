"""
The key that signs checkpoints, in a file of its own, and the public keys that are believed, in a file beside it.

Both are lines of text in the form of signed notes (Go's ``sumdb/note``): ``PRIVATE+KEY+<name>+<id>+<base64>`` and
``<name>+<id>+<base64>``. The name is the log's origin. The public file (``record.key.pub``) has one line for every key
the log has had: verifying needs that file only, and it may be copied anywhere.
"""

import base64
import fcntl
import os
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.conf import settings

from touchmark.engine.errors import TouchmarkError
from touchmark.engine.record.checkpoint import ED25519, key_id

PRIVATE = "PRIVATE+KEY+"


class UnusableKey(TouchmarkError):
    """A key's file is missing, cannot be read, or does not hold a key."""


@dataclass(frozen=True, slots=True)
class Ed25519Signer:
    """A private key under the log's name."""

    name: str
    key_id: bytes
    key: Ed25519PrivateKey

    @classmethod
    def read(cls, text: str) -> "Ed25519Signer":
        """
        Read the one line of a private key.

        :raises UnusableKey: if it is no such line
        """
        if not text.startswith(PRIVATE):
            raise UnusableKey(f"A signing key begins with {PRIVATE}")
        name, stated, raw = _fields(text.removeprefix(PRIVATE))
        key = Ed25519PrivateKey.from_private_bytes(raw)
        return cls(name, _same_id(name, key.public_key(), stated), key)

    def text(self) -> str:
        """The line that :meth:`read` reads."""
        return f"{PRIVATE}{self.name}+{self.key_id.hex()}+{_base64(self.key.private_bytes_raw())}"

    def verifier(self) -> "Ed25519Verifier":
        """The public half."""
        return Ed25519Verifier(self.name, self.key_id, self.key.public_key())

    def sign(self, message: bytes) -> bytes:
        """The 64 bytes of the signature."""
        return self.key.sign(message)


@dataclass(frozen=True, slots=True)
class Ed25519Verifier:
    """A public key under the log's name."""

    name: str
    key_id: bytes
    key: Ed25519PublicKey

    @classmethod
    def read(cls, text: str) -> "Ed25519Verifier":
        """
        Read the one line of a public key.

        :raises UnusableKey: if it is no such line
        """
        name, stated, raw = _fields(text)
        key = Ed25519PublicKey.from_public_bytes(raw)
        return cls(name, _same_id(name, key, stated), key)

    def text(self) -> str:
        """The line that :meth:`read` reads."""
        return f"{self.name}+{self.key_id.hex()}+{_base64(self.key.public_bytes_raw())}"

    def verify(self, message: bytes, signature: bytes) -> bool:
        """Whether this key signed the message."""
        try:
            self.key.verify(signature, message)
        except InvalidSignature:
            return False
        return True


def signer() -> Ed25519Signer:
    """
    The installation's signing key; made at first use, readable by this user only.

    :raises UnusableKey: if the file is there and holds no key, or cannot be read
    """
    path = Path(settings.TOUCHMARK_RECORD_KEY_FILE)
    if not path.exists():
        _make(path)
    return Ed25519Signer.read(_read(path).strip())


def verifiers(path: Path | None = None) -> Sequence[Ed25519Verifier]:
    """
    Every public key in the file, by default every one this log has had.

    :raises UnusableKey: if the file cannot be read or a line holds no key
    """
    return [Ed25519Verifier.read(line) for line in _read(path or public_file()).split("\n") if line.strip()]


def public_file() -> Path:
    """Where the public keys are: beside the private one."""
    path = Path(settings.TOUCHMARK_RECORD_KEY_FILE)
    return path.with_name(path.name + ".pub")


def _make(path: Path) -> None:
    """
    Make a new key, under the log's old name if it had one; of two processes that begin at once one makes it.

    The public line is written first: there is never a signature without it.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with public_file().open("a+", encoding="utf-8") as public:
        fcntl.flock(public, fcntl.LOCK_EX)
        if path.exists():
            return
        public.seek(0)
        earlier = [Ed25519Verifier.read(line) for line in public if line.strip()]
        made = _new(earlier[-1].name if earlier else f"touchmark/{secrets.token_hex(8)}")
        public.write(made.verifier().text() + "\n")
        public.flush()
        _write_private(path, made)


def _new(name: str) -> Ed25519Signer:
    key = Ed25519PrivateKey.generate()
    return Ed25519Signer(name, key_id(name, key.public_key().public_bytes_raw()), key)


def _write_private(path: Path, made: Ed25519Signer) -> None:
    draft = path.with_name(f"{path.name}.new")
    draft.unlink(missing_ok=True)
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(made.text() + "\n")
    draft.replace(path)


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as reason:
        raise UnusableKey(f"The record's key {path} cannot be read: {reason}") from reason


def _fields(text: str) -> tuple[str, str, bytes]:
    try:
        name, stated, encoded = text.strip().split("+", 2)
        raw = base64.b64decode(encoded, validate=True)
    except ValueError as reason:
        raise UnusableKey("A key is <name>+<id>+<base64>, on one line.") from reason
    if len(raw) != 33 or raw[:1] != ED25519:
        raise UnusableKey("The key is not of Ed25519.")
    return name, stated, raw[1:]


def _same_id(name: str, key: Ed25519PublicKey, stated: str) -> bytes:
    found = key_id(name, key.public_bytes_raw())
    if found.hex() != stated:
        raise UnusableKey(f"The key says it is {stated} and is {found.hex()}: its line has been damaged.")
    return found


def _base64(raw: bytes) -> str:
    return base64.b64encode(ED25519 + raw).decode()
