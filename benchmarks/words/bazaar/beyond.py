"""Names in other scripts in ``bazaar``: Chinese ones that were given, disguised; others by sound, or disguised."""

from collections.abc import Callable, Iterator
from random import Random

from pypinyin import lazy_pinyin

from benchmarks.words.traditional import in_traditional

Way = Callable[[Random, str], str | None]

#: Characters of the names here: one of the same sound, and one that looks alike.
_SOUND = dict(zip(
    "完花珀百雀嘉碧蜜安李鸿迪佳可海普魅漫欧日三大理京天西伊惠美科追九苏乐象波福无赫泰则倍固邓胜雷斯雪凯标玛兰杜川捷希保乔瑞帝爱澳康茅轩马尊拉能万哆米索帕培托桑登诺安萨博多费格周塔喜麦利福卡",
    "玩华魄白鹊家必密按礼弘笛加克嗨铺妹慢鸥曰叁达里经添希衣会每棵坠久书勒像菠幅吴贺太泽贝故凳圣蕾丝血楷表码蓝肚穿杰西堡桥锐弟艾奥慷矛宣码樽啦耐完多迷锁怕陪拖嗓灯喏按洒搏哆肥阁舟踏洗卖力富咔",
    strict=False))  # fmt: skip
_LOOK = dict(zip("完未百大天日李理康美米科欧博保茅玛兰力卡凯宝普安海九士玉克万力迪",
                 "宪末白太夭曰季埋庚羙来料殴搏堡矛码芏刀卞剀宔晋妟梅丸土王兑方九油", strict=True))  # fmt: skip
_PARTS = {
    "理": "王里", "玛": "王马", "珀": "王白", "琳": "王林", "伊": "亻尹", "佳": "亻圭", "保": "亻呆",
    "倍": "亻咅", "湖": "氵胡", "海": "氵每", "波": "氵皮", "漫": "氵曼", "鸿": "江鸟", "杜": "木土",
    "标": "木示", "格": "木各", "诺": "讠若", "科": "禾斗", "福": "礻畐", "喜": "吉口", "碧": "珀石",
    "欧": "区欠", "邓": "又阝", "雪": "雨彐", "雷": "雨田", "固": "囗古", "博": "十尃", "迪": "由辶",
    "桑": "叒木", "安": "宀女", "塔": "土荅", "萨": "艹阝",
}  # fmt: skip


def _one(table: dict[str, str]) -> Way:
    def written(random: Random, name: str) -> str | None:
        fit = [i for i, char in enumerate(name) if table.get(char, char) != char]
        at = random.choice(fit) if fit else -1
        return name[:at] + table[name[at]] + name[at + 1 :] if fit else None

    return written


def _pinyin(random: Random, name: str) -> str:
    at = random.randrange(len(name))
    return name[:at] + lazy_pinyin(name[at])[0] + name[at + 1 :]


def _initial(random: Random, name: str) -> str | None:
    at = random.randrange(1, len(name))
    return name[:at] + lazy_pinyin(name[at])[0][0].upper() + name[at + 1 :] if len(name) > 2 else None


def _masked(random: Random, name: str) -> str | None:
    at = random.randrange(len(name))
    return name[:at] + random.choice("*XO＊※") + name[at + 1 :] if len(name) > 2 else None


def _jamo(random: Random, name: str) -> str | None:
    """One syllable of Korean as its letters."""
    at = random.randrange(len(name))
    code = ord(name[at]) - 0xAC00
    if not 0 <= code < 11172:
        return None
    tail = code % 28
    letters = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"[code // 588] + chr(0x314F + code % 588 // 28)
    return name[:at] + letters + (_FINALS[tail] if tail else "") + name[at + 1 :]


_FINALS = " ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ"
_LATIN = dict(zip("аеорсухкмтнв", "aeopcyxkmthb", strict=True))
_THAI = dict(zip("ซศพบดตโไ", "ชสผปตดใใ", strict=True))


def _apart(*signs: str) -> Way:
    return lambda random, name: random.choice(signs).join(name)


def _stretched(random: Random, name: str) -> str | None:
    fit = [i for i in range(1, len(name)) if name[i].isalpha() and name[i - 1] not in "اأإآدذرزو "]
    at = random.choice(fit) if fit else 0
    return name[:at] + "ـ" * random.choice((1, 3)) + name[at:] if fit else None


def _twice(random: Random, name: str) -> str:
    at = random.randrange(1, len(name))
    return name[:at] + name[at] * 2 + name[at:]


#: By family and script, ways; "as heard" changes nothing.
WAYS: dict[str, dict[str, dict[str, Way]]] = {
    "Chinese": {
        "zh": {"traditional": lambda _, name: in_traditional(name), "sound": _one(_SOUND), "look": _one(_LOOK),
               "taken apart": _one(_PARTS), "pinyin": _pinyin, "initial": _initial, "masked": _masked,
               "signs": _apart("·", ".", "-", " ", "/", "丨"), "emoji": _apart("✨", "🌸")},
    },
    "another script, by sound": {
        script: {"as heard": lambda _, name: name} for script in ("ko", "ja", "ru", "ar", "th")
    },
    "another script, disguised": {
        "ko": {"jamo": _jamo, "signs": _apart(".", " ", "*")},
        "ja": {"signs": _apart("・", ".", " ")},
        "ru": {"Latin letters": _one(_LATIN), "signs": _apart(".", "*", " ")},
        "ar": {"stretched": _stretched},
        "th": {"signs": _apart(".", " "), "a like letter": _one(_THAI)},
    },
}  # fmt: skip


def ways() -> Iterator[tuple[str, str, str, Way]]:
    """Family, script, name of the way, and the way."""
    for family, scripts in WAYS.items():
        for script, these in scripts.items():
            for name, way in these.items():
                yield family, script, name, way
