"""Letters drawn otherwise: of other alphabets, styled, in frames, turned, mirrored."""

import unicodedata
from random import Random

from benchmarks.words.tricks.trick import mapped, trick

LIKE = "letters of other alphabets"
STYLED = "styled letters"
TURNED = "turned letters"

CYRILLIC = dict(zip("aeopcyxisjkmthbwd", "аеорсухіѕјкмтнвшԁ", strict=True)) | dict(
    zip("ABCEHIKMOPTXYS", "АВСЕНІКМОРТХУЅ", strict=True)
)
GREEK = dict(zip("aeikopruvxywnt", "αεικορгυνχγωητ", strict=True)) | dict(
    zip("ABEHIKMNOPTXYZ", "ΑΒΕΗΙΚΜΝΟΡΤΧΥΖ", strict=True)
)
#: Letters of the Latin script that are not on keyboards.
ODD_LATIN = dict(zip("abcdefghijklmnopqrstuvwxyz", "ɑƅƈɗҽƒɡհıʝƙʟɱɳσρɋɾʂƭυʋɯҳƴȥ", strict=True))
ARMENIAN = dict(zip("aghlnopqsuyj", "ազհլոօքզտսվյ", strict=True))
CHEROKEE = dict(zip("abcdeghijklmpqrstvwyz", "ᎪᏴᏟᎠᎬᏀᎻᎥᎫᏦᏞᎷᏢᏅᎡᏚᎢᏙᎳᎽᏃ", strict=True))
COPTIC = dict(zip("acehikmnoprtxyz", "ⲁⲥⲉⲏⲓⲕⲙⲛⲟⲣⲅⲧⲭⲩⲍ", strict=True))
LISU = dict(zip("abcdefghijklmnopqrstuvwxyz", "ꓮꓐꓚꓓꓰꓝꓖꓧꓲꓙꓗꓡꓟꓠꓳꓑꓳꓣꓢꓔꓴꓦꓪꓫꓬꓜ", strict=True))
FAUX_RUSSIAN = dict(zip("rnaeuwybhod", "яидэцшчьнфд", strict=True)) | dict(zip("RNAEUWYBO", "ЯИДЄЦШЧЬФ", strict=True))
SYLLABICS = dict(zip("abcdeiloprsuvxzj", "ᗩᗷᑕᗪᗴᓰᒪᗝᑭᖇᔕᑌᐯ᙭ᘔᒍ", strict=True))
HAN_SHAPED = dict(
    zip("abcdefghijklmnopqrstuvwxyz", "卂乃匚刀乇下厶卄工丁长乚爪冂口尸㔿尺丂丅凵リ山乂丫乙", strict=True)
)
THAI_SHAPED = dict(zip("abcdefghiknoprstuwy", "ค๒ς๔єŦﻮђเк๓๏קгรtยฬץ", strict=True))
RUNIC = dict(zip("abcfhilmorstxku", "ᚨᛒᚲᚠᚺᛁᛚᛗᛟᚱᛋᛏᚷᚴᚢ", strict=True))

_SMALL_CAPITALS = dict(zip("abcdefghijklmnoprstuvwyz", "ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘʀꜱᴛᴜᴠᴡʏᴢ", strict=True))
_SUPERSCRIPT = dict(zip("abcdefghijklmnoprstuvwxyz", "ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻ", strict=True))
_SUBSCRIPT = dict(zip("aehijklmnoprstuvx", "ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ", strict=True))
TURNED_OVER = dict(zip("abcdefghijklmnopqrstuvwxyz", "ɐqɔpǝɟƃɥᴉɾʞlɯuodbɹsʇnʌʍxʎz", strict=True))
MIRRORED = dict(zip("abcdefghijklmnopqrstuvwxyz", "ɒdɔbɘʇǫʜiꞁʞ|mnoqpɿƨɟυvwxγz", strict=True))


@trick(LIKE, "Cyrillic, all that can be")
def _cyrillic(random: Random, name: str) -> str | None:
    return mapped(random, name, CYRILLIC, least=2)


@trick(LIKE, "one or two Cyrillic letters")
def _some_cyrillic(random: Random, name: str) -> str | None:
    return mapped(random, name, CYRILLIC, random.choice((1, 2)))


@trick(LIKE, "Greek")
def _greek(random: Random, name: str) -> str | None:
    return mapped(random, name, GREEK, random.choice((0, 2)), least=2)


@trick(LIKE, "odd Latin letters")
def _odd(random: Random, name: str) -> str | None:
    return mapped(random, name, ODD_LATIN, random.choice((0, 2, 3)))


@trick(LIKE, "Armenian, Cherokee, Coptic or Lisu", held=True)
def _far(random: Random, name: str) -> str | None:
    return mapped(random, name, random.choice((ARMENIAN, CHEROKEE, COPTIC, LISU)), random.choice((0, 2)), least=2)


@trick(LIKE, "three alphabets at once", held=True)
def _mixed(random: Random, name: str) -> str | None:
    first = mapped(random, name, CYRILLIC, 2)
    second = mapped(random, first, GREEK, 2) if first else None
    return mapped(random, second, ODD_LATIN, 1) if second else None


@trick(LIKE, "Russian letters turned about", held=True)
def _faux(random: Random, name: str) -> str | None:
    return mapped(random, name, FAUX_RUSSIAN, random.choice((1, 2, 0)))


@trick(LIKE, "syllabics, runes, Thai-shaped", held=True)
def _shaped(random: Random, name: str) -> str | None:
    return mapped(random, name, random.choice((SYLLABICS, THAI_SHAPED, RUNIC)), least=3)


@trick(LIKE, "characters of Chinese shaped like letters", held=True)
def _han(random: Random, name: str) -> str | None:
    return mapped(random, name, HAN_SHAPED, least=4)


def _from(capital: int, small: int, name: str) -> str:
    """Write letters in a block of characters that begins at these code points."""
    moved = (
        chr(small + ord(c) - 97) if "a" <= c <= "z" else chr(capital + ord(c) - 65) if "A" <= c <= "Z" else c
        for c in name
    )
    return "".join(moved)


_MATH = {
    "bold": (0x1D400, 0x1D41A),
    "sans bold": (0x1D5D4, 0x1D5EE),
    "bold italic": (0x1D468, 0x1D482),
    "sans": (0x1D5A0, 0x1D5BA),
}
_MATH_HELD = {
    "bold script": (0x1D4D0, 0x1D4EA),
    "bold fraktur": (0x1D56C, 0x1D586),
    "monospace": (0x1D670, 0x1D68A),
    "sans bold italic": (0x1D63C, 0x1D656),
}


@trick(STYLED, "mathematical bold, sans, italic")
def _bold(random: Random, name: str) -> str:
    return _from(*random.choice(list(_MATH.values())), name)


@trick(STYLED, "double-struck")
def _double(random: Random, name: str) -> str:
    made = _from(0x1D538, 0x1D552, name)
    return made.translate(
        {0x1D53A: "ℂ", 0x1D53F: "ℍ", 0x1D545: "ℕ", 0x1D547: "ℙ", 0x1D548: "ℚ", 0x1D549: "ℝ", 0x1D551: "ℤ"}
    )


@trick(STYLED, "circled, squared")
def _framed(random: Random, name: str) -> str:
    return _from(*random.choice(((0x24B6, 0x24D0), (0x1F130, 0x1F130))), name)


@trick(STYLED, "small capitals")
def _small_capitals(random: Random, name: str) -> str | None:
    return mapped(
        random, name[:1] + name[1:].lower() if random.random() < 0.5 else name.lower(), _SMALL_CAPITALS, least=3
    )


@trick(STYLED, "script, fraktur, monospace", held=True)
def _script(random: Random, name: str) -> str:
    return _from(*random.choice(list(_MATH_HELD.values())), name)


@trick(STYLED, "white on black, in brackets, regional", held=True)
def _dark(random: Random, name: str) -> str:
    block = random.choice(((0x1F150, 0x1F150), (0x1F170, 0x1F170), (0x249C, 0x249C), (0x1F1E6, 0x1F1E6)))
    made = _from(*block, name)
    return "\u200b".join(made) if block[0] == 0x1F1E6 else made


@trick(STYLED, "superscript, subscript", held=True)
def _raised(random: Random, name: str) -> str | None:
    return mapped(random, name.lower(), random.choice((_SUPERSCRIPT, _SUPERSCRIPT, _SUBSCRIPT)), least=4)


@trick(STYLED, "two or three styles in one name", held=True)
def _styles(random: Random, name: str) -> str:
    return "".join(_from(*random.choice([*_MATH.values(), (0xFF21, 0xFF41), (0x24B6, 0x24D0)]), c) for c in name)


@trick(STYLED, "one or two letters styled", held=True)
def _one_styled(random: Random, name: str) -> str:
    styled = set(random.sample(range(len(name)), random.choice((1, 2))))
    return "".join(_from(*random.choice(list(_MATH.values())), c) if i in styled else c for i, c in enumerate(name))


@trick(TURNED, "backwards")
def _backwards(random: Random, name: str) -> str | None:
    return name[::-1] if unicodedata.normalize("NFC", name) == name else None


@trick(TURNED, "upside down")
def _over(random: Random, name: str) -> str | None:
    return mapped(random, name.lower()[::-1], TURNED_OVER)


@trick(TURNED, "mirrored", held=True)
def _mirrored(random: Random, name: str) -> str | None:
    made = mapped(random, name.lower(), MIRRORED)
    return made[::-1] if made and random.random() < 0.6 else made


@trick(TURNED, "some letters turned over in their places", held=True)
def _some_turned(random: Random, name: str) -> str | None:
    return mapped(random, name, {k: v for k, v in TURNED_OVER.items() if ord(v) > 127}, random.choice((1, 2, 0)))


@trick(TURNED, "backwards, each word by itself", held=True)
def _words_backwards(random: Random, name: str) -> str | None:
    return " ".join(word[::-1] for word in name.split()) if " " in name else None
