"""A page that was sent before is known again, photographed or edited; another one on the same form is not."""

import numpy as np
import pytest
from tests.factories import papers

from touchmark.engine.screening.image.documents import LEAST_SHARE, code_of, page_of, share_of

SCANS = {number: papers.invoice(number, form=number // 2) for number in range(4)}
PAGES = {number: page_of(scan) for number, scan in SCANS.items()}


@pytest.mark.parametrize("number", SCANS)
def test_a_page_is_known_again_however_it_comes(number: int) -> None:
    scan = SCANS[number]
    photo = papers.photographed(scan, seed=number)
    for again in (photo, papers.edited(scan), papers.photographed(papers.edited(scan), seed=number + 7)):
        assert share_of(page_of(again), PAGES[number]) >= LEAST_SHARE


@pytest.mark.parametrize("number", SCANS)
def test_other_pages_are_others_on_the_same_form_too(number: int) -> None:
    photo = page_of(papers.photographed(SCANS[number], seed=number))
    for other, page in PAGES.items():
        if other != number:
            assert share_of(photo, page) < LEAST_SHARE
            assert share_of(PAGES[number], page) < LEAST_SHARE


def test_the_code_is_that_of_the_page_and_not_of_the_table() -> None:
    codes = {number: np.frombuffer(code_of(scan) or b"", np.uint8) for number, scan in SCANS.items()}
    photo = np.frombuffer(code_of(papers.photographed(SCANS[2], seed=5)) or b"", np.uint8)
    apart = {number: int(np.unpackbits(code ^ photo).sum()) for number, code in codes.items()}
    assert 2 in sorted(apart, key=lambda number: apart[number])[:2]  # nearer than all on other forms


def test_an_empty_page_has_no_code() -> None:
    from io import BytesIO

    from PIL import Image

    written = BytesIO()
    Image.new("RGB", (600, 800), "white").save(written, "PNG")
    assert code_of(written.getvalue()) is None
    assert share_of(page_of(written.getvalue()), PAGES[0]) == 0
