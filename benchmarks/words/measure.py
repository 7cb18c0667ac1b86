"""What was found of what there is: recall by trick, precision, references flagged, each with its 95 % interval."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from math import sqrt

from benchmarks.words.cases import Case, Kind
from benchmarks.words.letters import letters

USED = frozenset({"plain", "disguised"})
#: What a catalogue is mostly made of.
USUAL = (Kind.PLAIN, Kind.SHORT, Kind.DISGUISED, Kind.HONEST)


@dataclass(frozen=True, slots=True)
class Found:
    """One place that a matcher found: whose, where, in which way."""

    row: int
    right_id: str
    way: str
    field: str
    start: int
    end: int


def wilson(hits: int, of: int) -> tuple[float, float]:
    """The 95 % interval of a share."""
    if not of:
        return 0.0, 1.0
    z, share = 1.96, hits / of
    middle = share + z * z / (2 * of)
    spread = z * sqrt(share * (1 - share) / of + z * z / (4 * of * of))
    return max(0.0, (middle - spread) / (1 + z * z / of)), min(1.0, (middle + spread) / (1 + z * z / of))


def share(hits: int, of: int) -> str:
    """A share with its interval, as in a table."""
    low, high = wilson(hits, of)
    return f"{hits / of:.3f} ({low:.3f}–{high:.3f})" if of else "–"


def is_true(case: Case, found: Found) -> bool:
    """Whether the mark that is there was found where it is."""
    return case.mark is not None and found.right_id == case.mark.right_id and _touches(case, found)


def _touches(case: Case, found: Found) -> bool:
    """Whether a place has a part of the name that was put there."""
    return any(found.field == field and found.start < end and start < found.end for field, start, end in case.spans)


def _names(cases: Sequence[Case]) -> dict[str, set[str]]:
    """The letters of each mark's names."""
    marks = {case.mark.right_id: case.mark for case in cases if case.mark}
    return {right_id: {letters(name) for name in (mark.text, *mark.aliases)} for right_id, mark in marks.items()}


class Tally:
    """All counts of one matcher over all cases."""

    def __init__(self, cases: Sequence[Case], found: Iterable[Found]) -> None:
        """Sort what was found by its listing; other rights than those under test are kept apart."""
        self.cases = cases
        self.names = _names(cases)
        self.under_test: dict[int, list[Found]] = defaultdict(list)
        self.others: dict[int, list[Found]] = defaultdict(list)
        for place in found:
            kept = self.under_test if place.right_id.startswith("test-") else self.others
            kept[place.row].append(place)

    def hit(self, row: int) -> bool:
        """Whether the use in a listing was found, as a use."""
        case = self.cases[row]
        return any(is_true(case, place) for place in self._used(row))

    def way(self, row: int) -> str:
        """As what it was found, if it was."""
        ways = {place.way for place in self.under_test[row] if is_true(self.cases[row], place)}
        return next((way for way in ("disguised", "plain", "referential") if way in ways), "")

    def flagged(self, row: int) -> bool:
        """Whether any mark under test was found in use."""
        return bool(self._used(row))

    def _used(self, row: int) -> list[Found]:
        return [place for place in self.under_test[row] if place.way in USED]

    def wrong(self, row: int) -> list[Found]:
        """Uses found that are none; a reference taken for a use is one."""
        case = self.cases[row]
        if case.kind not in (Kind.PLAIN, Kind.SHORT, Kind.DISGUISED):
            return self._used(row)
        return [place for place in self._used(row) if not (is_true(case, place) or self._stands(case, place))]

    def _stands(self, case: Case, found: Found) -> bool:
        """Whether a mark stands letter by letter in what is around a name, as Essentials in *FOG Essentials hoodie*."""
        surface = letters((getattr(case, found.field, None) or "")[found.start : found.end])
        return surface in self.names.get(found.right_id, ()) and not _touches(case, found)

    def rows(self, *kinds: Kind, chosen: Callable[[Case], bool] = lambda case: True) -> list[int]:
        """Rows of listings of some kinds."""
        return [row for row, case in enumerate(self.cases) if case.kind in kinds and chosen(case)]

    def recall(self, rows: list[int]) -> str:
        """The share of uses found."""
        return share(sum(map(self.hit, rows)), len(rows))

    def flags(self, rows: list[int]) -> str:
        """The share of listings in which a use was seen."""
        return share(sum(map(self.flagged, rows)), len(rows))

    def precision(self, rows: list[int]) -> str:
        """The share of uses found that are uses, at the place of the mark that is there."""
        wrong = sum(len(self.wrong(row)) for row in rows)
        return share((total := sum(len(self._used(row)) for row in rows)) - wrong, total)


def summary(tally: Tally, more: Sequence[tuple[str, str, int]] = ()) -> str:
    """The few figures that count, and more of what hides."""
    everything = tally.rows(*Kind)
    hidden = tally.rows(Kind.DISGUISED)
    families = {tally.cases[row].family for row in hidden}
    means = [_mean(tally, [row for row in hidden if tally.cases[row].family == family]) for family in families]
    honest = tally.rows(Kind.HONEST)
    others = Counter(place.way for row in honest for place in tally.others[row])
    real = tally.rows(Kind.COMPATIBLE, chosen=lambda case: case.variant == "real")
    written = tally.rows(Kind.COMPATIBLE, chosen=lambda case: case.variant == "written")
    mentions = tally.rows(Kind.COMPATIBLE, chosen=lambda case: case.variant == "mention")
    lines = [
        ("disguised uses found", tally.recall(hidden), len(hidden)),
        ("… the mean of the families", f"{sum(means) / max(1, len(means)):.3f}", len(families)),
        ("… tricks shown in tune", *_of(tally, [row for row in hidden if not tally.cases[row].held])),
        ("… tricks not in tune", *_of(tally, [row for row in hidden if tally.cases[row].held])),
        *more,
        *_by_source(tally, hidden),
        ("plain uses found", *_of(tally, tally.rows(Kind.PLAIN))),
        ("short forms with fitting goods and nothing else", *_of(tally, tally.rows(Kind.SHORT))),
        ("precision, over everything", tally.precision(everything), len(everything)),
        ("… without the traps", tally.precision(calm := tally.rows(*(set(Kind) - {Kind.TRAP}))), len(calm)),
        ("… of uses and honest titles alone", tally.precision(usual := tally.rows(*USUAL)), len(usual)),
        ("real compatibility titles flagged", tally.flags(real), len(real)),
        ("written compatibility titles flagged", tally.flags(written), len(written)),
        ("books, repairs, comparisons and other mentions flagged", tally.flags(mentions), len(mentions)),
        ("honest titles flagged", tally.flags(honest), len(honest)),
        ("traps flagged", tally.flags(traps := tally.rows(Kind.TRAP)), len(traps)),
        ("other brands one letter apart flagged", tally.flags(near := tally.rows(Kind.NEAR)), len(near)),
        *(
            (f"other marks of the register per 1,000 honest titles: {way}", f"{1000 * count / len(honest):.1f}", count)
            for way, count in sorted(others.items())
        ),
    ]
    return table(("what", "share (95 %)", "of"), [(what, value, f"{of:,}") for what, value, of in lines if of])


def _of(tally: Tally, rows: list[int]) -> tuple[str, int]:
    return tally.recall(rows), len(rows)


def _mean(tally: Tally, rows: list[int]) -> float:
    return sum(map(tally.hit, rows)) / len(rows)


def _by_source(tally: Tally, rows: list[int]) -> list[tuple[str, str, int]]:
    """Names that everybody knows, and names that nobody can."""
    named = {
        "known": "well-known brands",
        "local": "other real brands",
        "named": "other real brands",
        "invented": "invented names",
    }
    grouped: dict[str, list[int]] = defaultdict(list)
    for row in rows:
        mark = tally.cases[row].mark
        if mark:
            grouped[named[mark.source]].append(row)
    return [(f"… of {source}", *_of(tally, rows)) for source, rows in sorted(grouped.items())]


def by_trick(tally: Tally) -> str:
    """Recall of each family and each of its tricks; how often the way was another than disguised."""
    lines = []
    hidden = tally.rows(Kind.DISGUISED)
    for family in dict.fromkeys(tally.cases[row].family for row in hidden):
        rows = [row for row in hidden if tally.cases[row].family == family]
        lines.append((f"**{family}**", "", f"**{tally.recall(rows)}**", str(len(rows)), ""))
        for variant in dict.fromkeys(tally.cases[row].variant for row in rows):
            these = [row for row in rows if tally.cases[row].variant == variant]
            held = "no" if tally.cases[these[0]].held else "yes"
            ways = Counter(tally.way(row) for row in these)
            other = ", ".join(f"{ways[way]} {way}" for way in ("plain", "referential") if ways[way])
            lines.append((variant.replace("|", "\\|"), held, tally.recall(these), str(len(these)), other))
    for variant in dict.fromkeys(tally.cases[row].variant for row in tally.rows(Kind.PLAIN)):
        these = tally.rows(Kind.PLAIN, chosen=lambda case, wanted=variant: case.variant == wanted)  # type: ignore[misc]
        lines.append((f"plain: {variant}", "yes", tally.recall(these), str(len(these)), ""))
    return table(("trick", "in tune", "recall (95 %)", "of", "found as"), lines)


def by_negative(tally: Tally) -> str:
    """What was flagged of what is no use."""
    lines = []
    for kind in (Kind.HONEST, Kind.TRAP, Kind.NEAR, Kind.COMPATIBLE):
        for family in sorted({case.family for case in tally.cases if case.kind is kind}):
            rows = tally.rows(kind, chosen=lambda case, wanted=family: case.family == wanted)  # type: ignore[misc]
            lines.append((kind.value, family, tally.flags(rows), str(len(rows))))
    return table(("kind", "which", "flagged (95 %)", "of"), lines)


def missed(tally: Tally, each: int) -> str:
    """Some uses of each trick that were not found."""
    lines = []
    hidden = tally.rows(Kind.PLAIN, Kind.SHORT, Kind.DISGUISED)
    for variant in dict.fromkeys((tally.cases[row].family, tally.cases[row].variant) for row in hidden):
        rows = [r for r in hidden if (tally.cases[r].family, tally.cases[r].variant) == variant and not tally.hit(r)]
        lines += [(*variant, _mark(tally.cases[row]), _shown(tally.cases[row])) for row in rows[:each]]
    return table(("trick", "variant", "mark", "not found in"), lines)


def wrong(tally: Tally, each: int) -> str:
    """Some uses found that are none."""
    lines = []
    for kind in Kind:
        rows = [row for row in tally.rows(kind) if tally.wrong(row)]
        for row in rows[:each]:
            case, place = tally.cases[row], tally.wrong(row)[0]
            text = getattr(case, place.field) or ""
            lines.append((kind.value, place.right_id, place.way, text[place.start : place.end], _shown(case)))
    return table(("in", "right", "way", "surface", "listing"), lines)


COMPARED = ("matcher", "disguised", "plain", "precision", "references flagged", "listings", "CPU s", "listings/s")


def compared(name: str, tally: Tally, rows: list[int], seconds: float) -> tuple[str, ...]:
    """One matcher's line, over the listings that it was given."""
    of = {kind: [row for row in rows if tally.cases[row].kind is kind] for kind in Kind}
    return (
        name,
        tally.recall(of[Kind.DISGUISED]),
        tally.recall(of[Kind.PLAIN]),
        tally.precision(rows),
        tally.flags(of[Kind.COMPATIBLE]),
        f"{len(rows):,}",
        f"{seconds:.2f}",
        f"{len(rows) / max(seconds, 1e-9):,.0f}",
    )


def _mark(case: Case) -> str:
    return case.mark.text if case.mark else ""


def _shown(case: Case) -> str:
    fields = (case.title, case.brand, case.attributes, case.description)
    return " ‖ ".join(" ".join(field.split()) for field in fields if field).replace("|", "\\|")


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table in Markdown."""
    lines = [head, ["---", *("---:" for _ in head[1:])], *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
