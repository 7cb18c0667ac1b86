"""How files are called, in a folder or in a bucket: by the SHA-256 of their bytes."""

import re

_DIGEST = re.compile(r"[0-9a-f]{64}", re.ASCII)


def is_digest(word: str) -> bool:
    """Whether a word can be the name of a file."""
    return _DIGEST.fullmatch(word) is not None


def of(digest: str) -> str:
    """
    Give where the bytes of a digest lie: ``ab/cd/<digest>``.

    :raises ValueError: if this is no digest
    """
    if not is_digest(digest):
        raise ValueError(f"{digest[:80]!r} is no SHA-256 in hexadecimal")
    return f"{digest[:2]}/{digest[2:4]}/{digest}"


def shown(digest: str, width: int) -> str:
    """
    Give where the re-encoded picture of a width lies, beside the bytes that it was made from.

    :raises ValueError: if this is no digest
    """
    return f"{of(digest)}.{width}.webp"
