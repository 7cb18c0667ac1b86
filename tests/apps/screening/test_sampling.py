"""Clear listings that are drawn at random wait at the desk, and stand for those that were not drawn."""

from pathlib import Path

import pytest
from tests.factories import catalog, registry
from tests.factories.accounts import AT
from tests.factories.pictures import Folder, drawn

from touchmark.apps.decisions import queue
from touchmark.apps.screening import actions
from touchmark.apps.screening.models import Assessment
from touchmark.apps.screening.sampling import Draw


@pytest.fixture
def own_folders(db: None, settings: object, tmp_path: Path) -> None:
    for name in ("BLOBS", "SNAPSHOTS", "SHARDS"):
        setattr(settings, name, tmp_path / name.lower())


def test_about_the_share_is_drawn_and_always_the_same() -> None:
    draw = Draw(0.02, b"a secret")
    taken = [key for key in range(20_000) if draw.takes(key, f"digest {key}")]
    assert 320 < len(taken) < 480
    assert taken == [key for key in range(20_000) if draw.takes(key, f"digest {key}")]
    assert draw.stands_for == 50
    assert taken != [key for key in range(20_000) if Draw(0.02, b"another").takes(key, f"digest {key}")]


def test_a_listing_that_changes_is_drawn_anew() -> None:
    draw = Draw(0.5, b"a secret")
    assert len({draw.takes(1, f"digest {number}") for number in range(20)}) == 2


@pytest.mark.parametrize(("share", "count"), [(0.0, 0), (1.0, 5)])
def test_none_and_all(share: float, count: int) -> None:
    assert sum(Draw(share, b"k").takes(key, "d") for key in range(5)) == count


@pytest.mark.usefixtures("own_folders")
def test_what_is_drawn_waits_at_the_desk_and_says_for_how_many_it_stands(settings: object) -> None:
    settings.TOUCHMARK_SAMPLE = 0.5  # type: ignore[attr-defined]
    registry.verified(text="ALDERMOOR")
    for number in range(30):
        catalog.listing(listing_id=f"L-{number}", title=f"A teapot {number}")
    actions.screen_catalogue(at=AT)
    taken = Assessment.objects.filter(sampled=True)
    assert 0 < taken.count() < 30
    assert {assessment.stands_for for assessment in taken} == {2.0}
    assert {assessment.verdict for assessment in taken} == {"clear"}
    assert {row.listing for row in queue.all_waiting()} == {assessment.listing for assessment in taken}
    assert set(Assessment.objects.filter(sampled=False).values_list("stands_for", flat=True)) == {1.0}


@pytest.mark.usefixtures("own_folders")
def test_a_picture_that_many_sellers_show_is_counted_over_the_catalogue() -> None:
    registry.verified(text="ALDERMOOR")
    files = Folder({"a.jpg": drawn(3), "b.jpg": drawn(4)})
    for number in range(4):
        said = {"seller_id": f"s-{number}", "images": ["a.jpg"] if number < 3 else ["b.jpg"]}
        catalog.listing(listing_id=f"L-{number}", title="ALDERMOOR bag", pictures=files, **said)
    actions.screen_catalogue(at=AT)
    said = {a.listing.listing_id: a.amounts.get("shared_photo") for a in Assessment.objects.select_related("listing")}
    assert said == {"L-0": 0.125, "L-1": 0.125, "L-2": 0.125, "L-3": None}


@pytest.mark.usefixtures("own_folders")
def test_what_waits_anyhow_is_not_drawn_and_amounts_are_kept(settings: object) -> None:
    settings.TOUCHMARK_SAMPLE = 1.0  # type: ignore[attr-defined]
    registry.verified(text="ALDERMOOR")
    catalog.listing(listing_id="one", title="АLDЕRМООR bag")
    actions.screen_catalogue(at=AT)
    (assessment,) = Assessment.objects.all()
    assert (assessment.verdict, assessment.sampled, assessment.stands_for) == ("review", False, 1.0)
    assert assessment.amounts["disguised_mark"] == pytest.approx(0.9, abs=0.1)
