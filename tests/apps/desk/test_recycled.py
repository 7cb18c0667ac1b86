"""A page of evidence that another account sent before is shown to the reviewer beside the new one."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from tests.factories import accounts, gates, papers, registry
from tests.factories.accounts import AT
from tests.factories.disputes import LATER, dispute

from touchmark.apps.accounts.models import User
from touchmark.apps.blobs import evidence
from touchmark.apps.counters.actions import GivenFile
from touchmark.apps.counters.kinds import FileKind
from touchmark.apps.desk import recycled
from touchmark.apps.desk.kinds import Source
from touchmark.apps.desk.models import Recycled, SeenPage
from touchmark.engine.terms import Actor, Role

pytestmark = pytest.mark.django_db
SCAN = papers.invoice(7)


@pytest.fixture(autouse=True)
def _own_folders(settings: Any, tmp_path: Path) -> None:
    settings.BLOBS, settings.SNAPSHOTS, settings.SHARDS = tmp_path / "b", tmp_path / "s", tmp_path / "d"


def seller(name: str) -> Actor:
    return accounts.actor(Role.SELLER, of=accounts.organisation("seller", name=name))


def proof(by: Actor, page: bytes) -> str:
    gate = gates.gate(brand=registry.verified(text="ALDERMOOR", brand="Aldermoor").brand_id)
    return gates.proof(gate, by, files=[evidence.take_in(page, at=AT)]).ref


def compared() -> None:
    cache.clear()
    while recycled.keep_up(at=LATER):
        pass


def found(source: Source, about: str) -> list[tuple[str, float]]:
    rows = recycled.found_of(source, [about]).get(about, [])
    return [(str(row.earlier.organisation), row.share) for row in rows]


def test_the_very_same_file_of_another_account_is_found() -> None:
    first, second = proof(seller("Blue Crate"), SCAN), proof(seller("Red Crate"), SCAN)
    compared()
    assert found(Source.PROOF, second) == [("Blue Crate", 1.0)]
    assert found(Source.PROOF, first) == []


@pytest.mark.parametrize("again", [papers.photographed(SCAN), papers.edited(SCAN)], ids=["photographed", "edited"])
def test_it_is_found_photographed_or_edited(again: bytes) -> None:
    proof(seller("Blue Crate"), SCAN)
    second = proof(seller("Red Crate"), again)
    compared()
    ((who, share),) = found(Source.PROOF, second)
    assert who == "Blue Crate"
    assert recycled.documents.LEAST_SHARE <= share < 1


def test_ones_own_and_others_on_the_same_form_are_not() -> None:
    blue = seller("Blue Crate")
    proof(blue, SCAN)
    mine, other = proof(blue, papers.photographed(SCAN)), proof(seller("Red Crate"), papers.invoice(8))
    compared()
    assert (found(Source.PROOF, mine), found(Source.PROOF, other)) == ([], [])


def test_each_page_is_compared_once_and_proof_of_a_person_never() -> None:
    made = dispute()
    page = evidence.take_in(SCAN, at=AT).file.sha256
    made.answered(files=[GivenFile(FileKind.INVOICE, page), GivenFile(FileKind.IDENTITY, page)])
    compared()
    compared()
    assert SeenPage.objects.count() == 1


def test_a_reviewer_sees_it_beside_an_answer_and_beside_a_proof(monkeypatch: pytest.MonkeyPatch) -> None:
    first = proof(seller("Green Crate"), SCAN)
    made = dispute()
    page = evidence.take_in(papers.photographed(SCAN), at=AT).file.sha256
    answer = made.answered(files=[GivenFile(FileKind.INVOICE, page)])
    second = proof(seller("Red Crate"), SCAN)
    compared()
    monkeypatch.setattr("touchmark.web.clock.now", lambda: LATER + timedelta(hours=1))
    rita = accounts.signed_in(User.objects.get(pk=made.rita.user_id))
    shown = rita.get(f"/desk/answers/{answer.ref}/").content.decode()
    assert f"Another account sent this page before: Green Crate, with {first}." in shown
    earlier = Recycled.objects.filter(page__about=answer.ref, earlier__about=first).get().earlier
    assert rita.get(f"/media/{earlier.blob_id}/480").status_code == 200
    assert "the very same file" in rita.get(f"/desk/gates/proofs/{second}/").content.decode()
    sam = accounts.signed_in(User.objects.get(pk=made.sam.user_id))
    assert "Another account sent this page before" not in sam.get(f"/seller/answers/{answer.ref}/").content.decode()


def test_what_everybody_sends_is_a_form_and_is_told_of_nobody() -> None:
    refs = [proof(seller(f"Shop {n}"), SCAN) for n in range(recycled.MOST + 2)]
    compared()
    assert found(Source.PROOF, refs[-1]) == []
    assert len(found(Source.PROOF, refs[1])) == 1
