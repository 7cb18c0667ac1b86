import pytest

from touchmark.apps.catalog.addresses import key_of

ITEM = "https://bazaar.example/item/17?id=4&colour=red"


@pytest.mark.parametrize(
    "same",
    [
        "http://bazaar.example/item/17?id=4&colour=red",
        " https://www.bazaar.example/item/17?id=4&colour=red\n",
        "https://BAZAAR.example/item/17?id=4&colour=red",
        # a slash at the end, another order, where the visitor came from, a place on the page
        "https://bazaar.example/item/17/?colour=red&id=4",
        "https://bazaar.example/item/17?id=4&colour=red&utm_source=mail&spm=a21.1#reviews",
    ],
)
def test_it_is_the_same_page(same: str) -> None:
    assert key_of(same) == key_of(ITEM) != ""


@pytest.mark.parametrize(
    "other",
    [
        "https://bazaar.example/item/18?id=4&colour=red",
        "https://bazaar.example/item/17?id=5&colour=red",
        "https://bazaar.example.evil.example/item/17?id=4&colour=red",
        "https://bazaar.example/Item/17?id=4&colour=red",
    ],
)
def test_it_is_another_page(other: str) -> None:
    assert key_of(other) not in ("", key_of(ITEM))


@pytest.mark.parametrize(
    "words", ["", "L-17", "javascript:alert(1)", "//bazaar.example/1", "http://", "http://[::1", "ftp://a/b"]
)
def test_it_is_no_web_address(words: str) -> None:
    assert key_of(words) == ""
