"""In which language a listing is written: so that it comes to a reviewer who reads it."""

from functools import cache
from typing import Any

#: So much of a description is looked at: enough to tell, and the same whatever its length.
ENOUGH = 400
#: Under this the guess is no better than a name without words around it gives, and none is made.
SURE = 0.3


def language_of(title: str, description: str) -> str:
    """Give the code of the language, ``en``; blank where the words do not say it (a brand and a number)."""
    words = f"{title} {description[:ENOUGH]}".lower()
    code, how_sure = _reader().classify(words)
    return str(code) if how_sure >= SURE else ""


@cache
def _reader() -> Any:
    """Load the model once a process: it takes most of a second."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
