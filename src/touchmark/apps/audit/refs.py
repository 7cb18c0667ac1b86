"""References that people can read aloud: ``N-2026-4K7Q-M2XV``."""

import secrets
from datetime import datetime

#: Crockford's alphabet: no I, L, O or U, so that nothing is misheard or misread.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def new_ref(letter: str, at: datetime) -> str:
    """
    Give a new reference: what it is, the year, and eight characters drawn at random.

    Not counted upwards, because a competitor who sees two references must not learn how many lie between them.
    Two in a year meet once in about a million times a million pairs; the unique column then refuses the second.
    """
    drawn = "".join(secrets.choice(ALPHABET) for _ in range(8))
    return f"{letter}-{at.year}-{drawn[:4]}-{drawn[4:]}"
