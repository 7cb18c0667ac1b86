"""Chinese in traditional characters; the dictionaries for it take a tenth of a second to read."""

from functools import cache

from opencc import OpenCC


@cache
def _converter() -> OpenCC:
    return OpenCC("s2t")


def in_traditional(text: str) -> str:
    """Write simplified characters as traditional ones."""
    return str(_converter().convert(text))
