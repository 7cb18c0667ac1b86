"""Names in other scripts in ``unread``: by sound, which nobody gave; Chinese ones that were given, disguised."""

from collections.abc import Iterator
from functools import cache
from random import Random

from pypinyin import lazy_pinyin

from benchmarks.words.cases import Case, Mark, seed_of
from benchmarks.words.traditional import in_traditional
from benchmarks.words.unread.names import SEED
from benchmarks.words.unread.titles import listing, uses

_HEARD = {"ru": "Cyrillic", "ko": "Korean", "ja": "Japanese"}
#: Characters that sound alike, of those in the names.
_SAME_SOUND = [
    "格阁",
    "狮诗",
    "丹单",
    "尔耳",
    "桑丧",
    "达答",
    "普浦",
    "兰蓝",
    "琪奇",
    "丝思",
    "卡咖",
    "奥澳",
    "飒萨",
    "可柯",
    "橘菊",
    "波玻",
    "登灯",
    "伯柏",
    "鲁路",
    "帝蒂",
    "乐勒",
    "克刻",
    "步布",
    "飞非",
    "跃悦",
    "莫默",
    "雅亚",
    "布部",
    "宝保",
    "曼漫",
    "麒其",
    "康慷",
    "艾爱",
    "美镁",
    "罗洛",
    "西希",
    "欧鸥",
    "缇提",
    "理里",
    "维唯",
    "德得",
    "嘉佳",
    "兰拦",
    "铁贴",
    "马码",
    "根跟",
    "倍贝",
    "思斯",
    "合和",
    "勤琴",
    "群裙",
    "晖辉",
    "赛塞",
    "睿瑞",
    "好号",
    "凯楷",
    "富付",
    "三叁",
    "鸥欧",
    "寿受",
    "高糕",
    "皇黄",
    "菲非",
    "膳善",
    "璃离",
    "百佰",
    "保宝",
    "力利",
    "毒独",
    "梅媒",
    "回徊",
    "影颖",
    "石时",
]


def cases(marks: list[Mark], each: int) -> Iterator[Case]:
    """By sound, one for each mark and script; tricks with given Chinese names, so many of each."""
    random = Random(seed_of(SEED, "local"))  # noqa: S311  (nothing here is secret)
    for mark in marks:
        for script, name in mark.local:
            if script in _HEARD and len(name.replace(" ", "")) > 3:
                yield listing(
                    random, mark, name, "another script, by sound", _HEARD[script], uses(mark.goods, (script,))
                )
    given = [(mark, name) for mark in marks for script, name in mark.local if script == "zh" and len(name) > 1]
    for trick, way in _CHINESE.items():
        many = 0
        for mark, name in random.sample(given, len(given)):
            written = way(random, name) if many < each else None
            if written and written != name:
                yield listing(random, mark, written, "Chinese", trick, uses(mark.goods, ("zh",)))
                many += 1


@cache
def _same() -> dict[str, str]:
    pairs = [pair for pair in _SAME_SOUND if len(pair) == 2]
    return {pair[0]: pair[1] for pair in pairs} | {pair[1]: pair[0] for pair in pairs}


def _homophone(random: Random, name: str) -> str | None:
    fit = [i for i, char in enumerate(name) if char in _same()]
    at = random.choice(fit) if fit else -1
    return name[:at] + _same()[name[at]] + name[at + 1 :] if fit else None


def _pinyin(random: Random, name: str) -> str:
    at = random.randrange(len(name))
    return name[:at] + lazy_pinyin(name[at])[0] + name[at + 1 :]


def _all_pinyin(_: Random, name: str) -> str | None:
    return "".join(lazy_pinyin(name)) if len(name) > 2 else None


def _masked(random: Random, name: str) -> str | None:
    at = random.randrange(1, len(name))
    return name[:at] + random.choice("*〇○✱") + name[at + 1 :] if len(name) > 2 else None


_CHINESE = {
    "the same sound": _homophone,
    "one in pinyin": _pinyin,
    "all in pinyin": _all_pinyin,
    "masked": _masked,
    "signs between": lambda random, name: random.choice("·.-丨/ ").join(name),
    "an emoji between": lambda random, name: "🌟".join(name),
    "traditional": lambda _, name: in_traditional(name),
}
