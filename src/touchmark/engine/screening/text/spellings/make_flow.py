"""
Write ``data/flow.npz``: how seldom a letter follows two others in words of languages that are written in Latin letters.

``python -m touchmark.engine.screening.text.spellings.make_flow``, with wordfreq installed (``data/flow.md``).
"""

import unicodedata
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

#: Languages, the most frequent words of each, all of which count alike: a name is met once, too.
LANGUAGES = ("en", "fr", "de", "it", "es", "pt", "nl", "pl", "sv", "fi", "cs", "tr", "id", "ms", "da", "nb", "ro", "hu")
MOST = 20_000
#: Letters, and one that stands before and behind a word.
SIDE, EDGE = 27, 26
#: So much of each pair of letters is said as of its last letter alone; eighths of a bit, at most so many.
SMOOTHED, EIGHTHS, SELDOM = 2.0, 8.0, 120


def main() -> None:
    """Write the table anew."""
    np.savez_compressed(Path(__file__).parent / "data" / "flow.npz", seldom=table(words()))


def words() -> Iterator[str]:
    """Words without accents, of Latin letters alone."""
    top = import_module("wordfreq").top_n_list
    for language in LANGUAGES:
        for word in top(language, MOST):
            apart = unicodedata.normalize("NFKD", word.casefold().replace("ı", "i").replace("ł", "l"))
            plain = "".join(c for c in apart if unicodedata.category(c) != "Mn")
            if len(plain) > 2 and plain.isascii() and plain.isalpha():
                yield plain


def table(words: Iterator[str]) -> NDArray[np.uint8]:
    """How seldom each letter follows two others, in eighths of a bit."""
    met = np.zeros((SIDE, SIDE, SIDE))
    for word in words:
        places = [EDGE, EDGE, *(ord(c) - 97 for c in word), EDGE]
        for at in range(2, len(places)):
            met[tuple(places[at - 2 : at + 1])] += 1
    two = met.sum(axis=0) + 0.1
    after_one = two / two.sum(axis=1, keepdims=True)
    share = (met + SMOOTHED * after_one) / (met.sum(axis=2, keepdims=True) + SMOOTHED)
    seldom: NDArray[np.uint8] = np.minimum(np.round(-EIGHTHS * np.log2(share)), SELDOM).astype(np.uint8)
    return seldom


if __name__ == "__main__":
    main()
