"""News over a base: whatever came, changed and went, the same is found as after compiling all of it again."""

from datetime import date

import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.engine.screening.image.drawing import encoded, photo
from tests.engine.screening.snapshot.small_register import table

from touchmark.engine.screening.model import Model
from touchmark.engine.screening.schemas import LISTINGS
from touchmark.engine.screening.screen import screen
from touchmark.engine.screening.snapshot.changes import with_changes
from touchmark.engine.screening.snapshot.compile import compile_register
from touchmark.engine.screening.snapshot.snapshot import Snapshot

WORDS = ("Velmora", "Quorvane", "Aldermoor Lane", "爱德摩尔", "Norrvik", "Drellsburg")
PHOTOS = {f"{seed}.jpg": encoded(photo(seed, (320, 240))) for seed in range(3)}
OFFERS = pa.RecordBatch.from_pylist(
    [
        {"row": 1, "listing_id": "a", "title": "Velmora and Quorvane bags", "brand": "Norrvik", "images": ["0.jpg"]},
        {"row": 2, "listing_id": "b", "title": "strap for Velmora, V.e.l.m.o.r.a", "images": ["1.jpg", "2.jpg"]},
        {
            "row": 3,
            "listing_id": "c",
            "title": "正品爱德摩尔 aldermoorlane",
            "description": "Drеllsburg",
            "offered_in": ["FR"],
        },
    ],
    schema=LISTINGS,
)


def found(snapshot: Snapshot) -> tuple[pa.Table, pa.Table]:
    findings, assessments = screen(OFFERS, PHOTOS.__getitem__, snapshot, Model.default())
    return findings.drop_columns(["snapshot_id"]), assessments


def compiled(rights: list[dict[str, object]]) -> Snapshot:
    return compile_register(table(*rights), PHOTOS.__getitem__)[0]


def a_right(right_id: str) -> st.SearchStrategy[dict[str, object]]:
    words = st.fixed_dictionaries(
        {"kind": st.just("word_mark"), "text": st.sampled_from(WORDS)},
        optional={"brand": st.sampled_from(["A", "B"]), "expires_on": st.just(date(2026, 1, 1))},
    )
    pictures = st.fixed_dictionaries({"kind": st.just("copyright"), "image": st.sampled_from(sorted(PHOTOS))})
    return (words | pictures).map(lambda said: {"right_id": right_id, **said})


def registers() -> st.SearchStrategy[dict[str, dict[str, object]]]:
    return st.fixed_dictionaries({}, optional={f"r{n}": a_right(f"r{n}") for n in (0, 1, 2, 10, 11)})


@settings(max_examples=25)
@given(before=registers(), after=registers(), twice=st.booleans())
def test_news_over_a_base_find_what_a_rebuild_finds(
    before: dict[str, dict[str, object]], after: dict[str, dict[str, object]], twice: bool
) -> None:
    changed = [right for right_id, right in after.items() if before.get(right_id) != right]
    snapshot = with_changes(
        compiled(list(before.values())), compiled(changed), gone=before.keys() - after.keys(), sequence="7"
    )
    if twice:  # and nothing at all on top of that
        snapshot = with_changes(snapshot, compiled([]), sequence="8")
    day = date(2026, 3, 31)
    for ours, rebuilt in zip(found(snapshot.as_of(day)), found(compiled(list(after.values())).as_of(day)), strict=True):
        assert ours.to_pylist() == rebuilt.to_pylist()


def test_the_id_says_the_base_and_what_came_since() -> None:
    base = compiled([{"right_id": "r1", "kind": "word_mark", "text": "Velmora"}])
    assert with_changes(base, compiled([]), sequence="12-ab").id == f"{base.id}+12-ab"
