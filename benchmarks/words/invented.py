"""Brand names that nobody has, made of syllables, so that no engine can know them."""

from collections.abc import Iterator
from random import Random

from benchmarks.words.cases import seed_of
from benchmarks.words.letters import letters

_GOODS = ("fashion", "shoes", "jewellery", "toys", "electronics", "cosmetics", "home")
#: Sounds of several languages, so that the names are not all of one mould.
_STYLES = tuple(
    tuple(part.split(",") for part in style.split("|"))
    for style in (
        "b,c,d,f,g,l,m,n,p,r,s,t,v,z,br,gr,tr|a,e,i,o,u|,,n,r,l,s|o,a,i,e,ini,elli,etta",
        "k,h,d,b,f,kl,st,br,gr,w,m,r,sch|a,e,i,o,u,ei,au|,n,r,l,ck,rt|er,en,mann,berg,tz,hoff",
        "k,s,t,n,h,m,r,y,sh,ch|a,i,u,e,o|,,n|ko,shi,ra,mi,to,zu",
        "b,br,c,ch,d,f,gr,h,j,l,m,p,r,st,t,th,w|a,e,i,o,u,oo,ea,ai|,n,r,ll,st,x|ley,ton,son,ford,x,ix,ory",
        "v,d,z,m,k,p,r,l,s,b,n,g|a,e,i,o,u,y|,,v,k,l|ska,ov,ina,enko,ar,ek",
        "q,x,y,z,j,l,m,w,h|a,e,i,o,u,ia,ao|,n,ng|ao,ei,an,ong,ua",
        "f,g,v,m,l,p,d,j,r,t,ch|a,e,i,o,u,ou,eau,ie|,,l,r|ette,elle,ier,ane,ois,eux",
    )
)


def names(seed: str, count: int) -> Iterator[tuple[str, str]]:
    """(name, goods), each name once; one in four is of two words, one in nine has a capital within or a hyphen."""
    random = Random(seed_of("invented", seed))  # noqa: S311  (nothing here is secret)
    seen: set[str] = set()
    while len(seen) < count:
        name = _name(random)
        if 5 <= len(letters(name)) <= 15 and letters(name) not in seen:
            seen.add(letters(name))
            yield name, random.choice(_GOODS)


def _name(random: Random) -> str:
    word = _word(random)
    if random.random() < 0.25:
        return f"{word} {_word(random)}"
    if random.random() < 0.12:
        return random.choice((f"{word}-{_word(random)[:4]}", f"{word}{_word(random)[:3].title()}"))
    return word


def _word(random: Random) -> str:
    first, vowels, last, ends = random.choice(_STYLES)
    syllables = random.choice((1, 1, 2, 2, 3))
    stem = "".join(random.choice(first) + random.choice(vowels) + random.choice(last) for _ in range(syllables))
    return (stem + random.choice(ends)).capitalize()


_CHINESE = "安柏贝博卡蒂丹迪菲芬歌格古吉佳凯科克兰蕾丽莉琳罗洛玛曼莫娜妮诺欧佩琪瑞莎斯塔薇维雅伊依尤宇泽芝尚"


def chinese(name: str) -> str:
    """A Chinese name for a brand, of three characters that are used to write foreign sounds."""
    return "".join(Random(seed_of("chinese", name)).sample(_CHINESE, 3))  # noqa: S311
