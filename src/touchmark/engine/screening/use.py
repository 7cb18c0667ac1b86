"""
How sure it is that a right is used at a place: the confidence of a finding.

A sum of log-odds: where the way of writing starts, and what the trick, the word, the place, its surroundings and the
pictures add. It does not say that the use is unlawful. A word of the language, a few letters, or a phrase of such words
is *weak*: it needs company to be a mark, and what keeps it company is asked only for weak ones.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from touchmark.engine.screening.columns import Batch, compute
from touchmark.engine.screening.evidence import Register
from touchmark.engine.screening.hits import FIELDS, WAYS, Hits, Trick, is_one
from touchmark.engine.screening.image.match import SAME_BYTES
from touchmark.engine.screening.nice import Agreement
from touchmark.engine.screening.reasons import Stated, Term, stated, written
from touchmark.engine.screening.surroundings.around import LOOSE, Surroundings
from touchmark.engine.screening.surroundings.namesakes import namesakes, possessives
from touchmark.engine.terms import Way

Amounts = NDArray[np.float64]
Mask = NDArray[np.bool_]

_LATER = (FIELDS.index("description"), FIELDS.index("attributes"))
#: Up to so many bytes a mark is short: three Latin letters. One Chinese character alone has as many.
SHORT = 3
#: A phrase of so many words is seldom met by chance, however ordinary they are.
LONG_PHRASE = 3
#: So much a capital says of a word in goods that are not known to be the right's.
ELSEWHERE = 0.2
#: And up to so many bytes it is initials, that stand for many things.
INITIALS = 2
#: Where ordinariness begins to count, in ``ordinary.levels``; more is counted in units of Zipf's scale.
LEAST_LEVEL, PER_ZIPF = 25, 10.0
#: What is no surer than this hints at a mark.
HINT = 0.1
#: Measures of the matchers are taken for no surer than this.
_LEAST, _MOST = 0.02, 0.98
#: Readers are nearly certain of letters that stand clear.
_MOST_READ = 0.999

#: Tricks that nobody plays by mistake: a word so written is meant.
DELIBERATE = (
    *(Trick.LOOKALIKES, Trick.HIDDEN, Trick.MASKED, Trick.DIGITS, Trick.STAND_INS, Trick.TURNED),
    *(Trick.HOMOPHONE, Trick.HAN_LOOKALIKE),
)

#: The codes of what can be added beside the ways and the trick, each with a weight of the same name.
ADDED = (
    *(
        "match_strength",
        "spelled_out",
        "word_itself",
        "fancy_text",
        "brand_field",
        "later_field",
        "short_mark",
        "initials",
        "ordinary_word",
    ),
    *(
        "ordinary_phrase",
        "long_phrase",
        "word_in_brand_field",
        "brand_named",
        "said_brand",
        "said_own",
        "runs_on",
        "in_code",
        "other_brand",
        "company",
        "opens_title",
    ),
    *(
        "capital",
        "all_capitals",
        "small_letters",
        "same_goods",
        "other_goods",
        "other_sense",
        "same_file",
        "bits_apart",
        "image_strength",
        "read_in_picture",
    ),
)
#: Weights within those: more for each step of Zipf's scale; the share that counts of a word disguised on purpose.
#: And more for each unit of log-odds that the reader of a picture was sure of the letters.
#: And of spellings that the matcher has measured: at the head of a title, elsewhere in it, among fitting goods, among
#: those of a class of the right's own where the brand field names nobody, as sellers who hide a name leave it; and of
#: names by sound in another script, among fitting goods.
#: What small letters say of a phrase, and printed matter of a word that is weak.
WITHIN = (
    *("frequent_word", "frequent_phrase", "frequent_initials", "disguised_word", "hinted_goods", "surely_read"),
    *(
        "spelled_first",
        "spelled_inside",
        "spelled_goods",
        "spelled_own_goods",
        "heard_goods",
        "small_phrase",
        "printed_matter",
    ),
)
#: Tricks of spelling. Where the matcher has measured one, its probability knows how ordinary the mark is, and stands
#: for all that the way, the trick and the word would say.
SPELLED = (
    *(Trick.LOOKALIKES, Trick.SIGNS, Trick.MASKED, Trick.DIGITS, Trick.GLUED, Trick.PARTED, Trick.REPEATED),
    *(Trick.DROPPED, Trick.ADDED, Trick.SWAPPED, Trick.CHANGED, Trick.VOWELS, Trick.SOUND, Trick.TURNED),
)
TRICKS = tuple(trick.name.lower() for trick in Trick if trick != Trick.NONE)


def use_terms(
    hits: Hits, batch: Batch, register: Register, weights: Mapping[str, float], read: Amounts | None = None
) -> list[Stated]:
    """
    Give the terms of the sum for each hit; ``weights`` has one for each way and trick, each of ``ADDED``.

    ``read`` tells of which hits the words were read in a picture, and how sure the reader was; NaN of the others.
    """
    read = np.full(len(hits), np.nan) if read is None else read
    spelling = register.marks.text.take(compute.if_else(hits.form >= 0, hits.form, None))
    around = Surroundings.of(hits, batch, register)
    words = _Words.of(hits, around, spelling)
    return [
        *(stated(f"{way}_use", hits.way == number, spelling, weights[way]) for number, way in enumerate(WAYS)),
        *_of_trick(hits, words, around, weights),
        *_of_place(hits, words, read, weights),
        *_of_word(words, around, spelling, weights),
        *_of_company(hits, batch, register, words, around, weights),
        *_of_picture(hits, weights),
    ]


@dataclass(frozen=True, slots=True, eq=False)
class _Words:
    """What sort of word each hit is."""

    word: Mask  # an ordinary one, alone
    phrase: Mask  # several ordinary ones
    short: Mask
    initials: Mask
    frequent: Amounts  # how frequent, in units of Zipf's scale, from where that begins to count
    deliberate: Mask  # disguised on purpose
    loose: Mask  # perhaps another name
    hinted: Mask  # so little of a name that only goods make one of it
    spelled: Mask  # the matcher has measured how sure its spelling is
    heard: Mask  # by sound in another script

    @classmethod
    def of(cls, hits: Hits, around: Surroundings, spelling: Any) -> "_Words":
        length = np.asarray(compute.fill_null(compute.binary_length(spelling), SHORT + 1))
        initials = (length <= INITIALS) & (hits.start >= 0)
        # By sound in another script a name is as ordinary as what is written, and the matcher has measured that.
        by_sound = hits.trick == Trick.SCRIPT
        spelled = _spelled(hits)
        measured = by_sound | spelled
        ordinary = (around.spelling.level > 0) & (hits.start >= 0) & ~initials & ~measured
        return cls(
            word=ordinary & (around.spelling.words <= 1),
            phrase=ordinary & (around.spelling.words > 1),
            short=(length <= SHORT) & ~ordinary & ~spelled,
            initials=initials,
            frequent=np.maximum(around.spelling.level.astype(np.float64) - LEAST_LEVEL, 0) / PER_ZIPF,
            deliberate=(is_one(hits.trick, DELIBERATE) | _apart(hits, around)) & ~around.fancy_text,
            loose=is_one(hits.trick, LOOSE),
            hinted=(hits.start >= 0) & (hits.strength <= HINT),
            spelled=spelled & (hits.strength > HINT),
            heard=by_sound & (hits.strength > HINT),
        )

    @property
    def weak(self) -> Mask:
        """Whether it takes company to be a mark."""
        found: Mask = self.word | self.phrase | self.short
        return found


def _apart(hits: Hits, around: Surroundings) -> Mask:
    """Whether a sign stands between every two letters."""
    apart: Mask = (hits.trick == Trick.SIGNS) & (hits.distance >= around.spelling.letters - 1)
    return apart


def _spelled(hits: Hits) -> Mask:
    """Whether the matcher has measured how sure a spelling is."""
    measured: Mask = (hits.start >= 0) & (hits.strength < 1) & is_one(hits.trick, SPELLED)
    return measured


def _of_trick(hits: Hits, words: _Words, around: Surroundings, weights: Mapping[str, float]) -> list[Stated]:
    disguised = hits.way == WAYS.index(Way.DISGUISED)
    amounts = np.array([0.0, *(weights[name] for name in TRICKS)])[hits.trick]
    inside = (hits.field == FIELDS.index("title")) & ~around.opens_title
    amounts = np.where(words.spelled, weights["spelled_inside"] * inside - weights[Way.DISGUISED], amounts)
    names = compute.take(["", *TRICKS], hits.trick)
    apart = _apart(hits, around)
    measured = disguised & (hits.strength < 1)
    return [
        stated("trick", disguised & (hits.trick > 0), names, amounts),
        stated("match_strength", measured, None, weights["match_strength"] * _log_odds(hits.strength)),
        stated("spelled_out", apart & disguised & ~words.initials, None, weights["spelled_out"]),
        stated("word_itself", disguised & around.word_itself & ~apart & ~words.spelled, None, weights["word_itself"]),
        stated("fancy_text", around.fancy_text & words.weak, None, weights["fancy_text"]),
    ]


def _of_place(hits: Hits, words: _Words, read: Amounts, weights: Mapping[str, float]) -> list[Stated]:
    in_picture = np.isfinite(read)
    later = is_one(hits.field, _LATER) & ~in_picture
    fields = compute.take(list(FIELDS), hits.field)
    surely = weights["read_in_picture"] + weights["surely_read"] * _log_odds(read, _MOST_READ)
    return [
        stated("read_in_picture", in_picture, partial(written, read, 2), surely),
        stated("brand_field", (hits.field == FIELDS.index("brand")) & ~words.loose, None, weights["brand_field"]),
        stated("later_field", later, fields, weights["later_field"]),
        stated("short_mark", words.short, None, weights["short_mark"]),
        stated("initials", words.initials, None, weights["initials"] + weights["frequent_initials"] * words.frequent),
    ]


def _of_word(words: _Words, around: Surroundings, spelling: Any, weights: Mapping[str, float]) -> list[Stated]:
    """What a word of the language takes away; half of it, by its weight, where it is disguised on purpose."""
    share = np.where(words.deliberate, weights["disguised_word"], 1.0)
    word = (weights["ordinary_word"] + weights["frequent_word"] * words.frequent) * share
    phrase = (weights["ordinary_phrase"] + weights["frequent_phrase"] * words.frequent) * share
    seldom = (around.spelling.words >= LONG_PHRASE) | around.spelling.proper
    return [
        stated("ordinary_word", words.word, spelling, word),
        stated("ordinary_phrase", words.phrase, spelling, phrase),
        stated("long_phrase", words.phrase & seldom, None, weights["long_phrase"]),
    ]


def _of_company(
    hits: Hits, batch: Batch, register: Register, words: _Words, around: Surroundings, weights: Mapping[str, float]
) -> list[Stated]:
    spelling = register.marks.text.take(compute.if_else(hits.form >= 0, hits.form, None))
    weak, goods = words.weak, Agreement.of(hits, batch, register.rights)
    same_goods = np.where(words.initials, goods.very_same, goods.same)
    own_goods = goods.very_same & around.no_brand & (hits.field == FIELDS.index("title"))
    spelled = np.where(own_goods, weights["spelled_own_goods"], weights["spelled_goods"])
    fitting = np.where(words.spelled, spelled, weights["hinted_goods"])
    fitting = np.where(words.heard, weights["heard_goods"], fitting)
    small = np.where(words.phrase, weights["small_phrase"], weights["small_letters"])
    others = np.where(words.word | words.short, 2.0, np.where(words.phrase, 3.0, 1.0)) * weights["other_goods"]
    others = np.where(weak & goods.printed, weights["printed_matter"], others)
    first = np.where(words.spelled | words.heard, weights["spelled_first"], weights["opens_title"])
    once = ~(around.whole_brand | around.named_brand)
    unlike = goods.unlike & ~around.named_brand & (around.spelling.words <= 1)
    otherwise = register.words.otherwise(hits, batch, around.spelling.hashes)
    word = around.spelling.level > 0
    otherwise |= namesakes(hits, batch, around.texts, spelling, word, unlike, unlike & ~goods.same)
    otherwise |= possessives(hits, around.texts, spelling, ~goods.same & ~around.named_brand & ~around.whole_brand)
    # A word that is seldom met, several that stand together, and what follows "genuine" need no goods to be a name.
    telling = (words.phrase | (words.frequent <= 0) | around.said_own) & ~around.other_brand
    # The rest of a name that goes on in the brand field is no other maker.
    another = words.loose & (hits.trick != Trick.PARTED)
    return [
        stated("word_in_brand_field", weak & around.whole_brand, None, weights["word_in_brand_field"]),
        stated("brand_named", weak & around.named_brand, None, weights["brand_named"]),
        stated("other_brand", (weak | another) & around.other_brand, None, weights["other_brand"]),
        stated("said_brand", weak & around.said_brand, None, weights["said_brand"]),
        stated("said_own", weak & once & around.said_own, None, weights["said_own"]),
        stated("runs_on", weak & once & ~words.initials & around.runs_on, None, weights["runs_on"]),
        stated("in_code", words.short & around.in_code, None, weights["in_code"]),
        stated("company", weak & once & around.company, None, weights["company"]),
        stated("opens_title", ((weak & once) | words.spelled | words.heard) & around.opens_title, None, first),
        stated(
            "capital",
            weak & once & ~words.initials & around.capital,
            None,
            weights["capital"] * np.where(same_goods | telling, 1.0, ELSEWHERE),
        ),
        stated("all_capitals", weak & once & around.all_capitals, None, weights["all_capitals"]),
        stated("small_letters", weak & once & around.small_letters, None, small),
        stated(
            "same_goods",
            (weak | words.hinted | words.spelled | words.heard) & same_goods,
            None,
            np.where(weak, weights["same_goods"], fitting),
        ),
        stated("other_sense", otherwise, None, weights["other_sense"]),
        stated("other_goods", goods.other | (weak & goods.printed), None, others),
    ]


def _of_picture(hits: Hits, weights: Mapping[str, float]) -> list[Stated]:
    copied = hits.way == WAYS.index(Way.COPIED_IMAGE)
    measured = (hits.start < 0) & (hits.strength < 1)
    if not (copied | measured).any():
        return []
    bits = hits.distance.astype(np.float64)
    return [
        stated("same_file", copied & (hits.distance == SAME_BYTES), None, weights["same_file"]),
        stated("bits_apart", copied & (bits > 0), written(bits), weights["bits_apart"] * bits),
        stated("image_strength", measured, None, weights["image_strength"] * _log_odds(hits.strength)),
    ]


def _log_odds(strength: NDArray[np.floating], most: float = _MOST) -> Amounts:
    share = np.clip(strength.astype(np.float64), _LEAST, most)
    return np.log(share / (1 - share))


def summed(terms: Sequence[Term | Stated], rows: int) -> Amounts:
    """Add up the terms of each row."""
    total = np.zeros(rows)
    for each in terms:
        at, weight = each.weights()
        total[at] += weight
    return total


def probability(log_odds: Amounts) -> Amounts:
    """Turn log-odds into a probability of six digits, never 0 nor 1: the same on every machine."""
    return np.clip(1 / (1 + np.exp(-log_odds)), 1e-6, 1 - 1e-6).round(6)
