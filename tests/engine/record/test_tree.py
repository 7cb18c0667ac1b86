import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from touchmark.engine.record.tree import (
    EMPTY_ROOT,
    Frontier,
    consistency_proof,
    inclusion_proof,
    leaf_hash,
    root_of,
    verify_consistency,
    verify_inclusion,
)

# The leaves, roots and proofs of Certificate Transparency's own tests (google/certificate-transparency, merkletree).
LEAVES = [
    leaf_hash(bytes.fromhex(data))
    for data in ("", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f")
]
ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
CONSISTENCY = [
    (1, 1, []),
    (
        1,
        8,
        [
            "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
            "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
            "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
        ],
    ),
    (
        6,
        8,
        [
            "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
            "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        ],
    ),
    (
        2,
        5,
        [
            "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
            "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        ],
    ),
]
INCLUSION_OF_THE_FIRST_IN_EIGHT = CONSISTENCY[1][2]


@pytest.mark.parametrize("size", range(9))
def test_roots_of_certificate_transparency(size: int) -> None:
    assert root_of(LEAVES[:size]).hex() == ROOTS[size]


def test_the_empty_tree() -> None:
    assert Frontier().root() == EMPTY_ROOT == hashlib.sha256().digest()


@pytest.mark.parametrize(("old", "new", "proof"), CONSISTENCY)
def test_consistency_proofs_of_certificate_transparency(old: int, new: int, proof: list[str]) -> None:
    assert [node.hex() for node in consistency_proof(LEAVES[:new], old)] == proof


def test_an_inclusion_proof_of_certificate_transparency() -> None:
    assert [node.hex() for node in inclusion_proof(LEAVES, 0)] == INCLUSION_OF_THE_FIRST_IN_EIGHT


def leaves(size: int) -> list[bytes]:
    return [leaf_hash(n.to_bytes(4)) for n in range(size)]


sizes = st.integers(1, 80)


@given(sizes, st.data())
def test_every_leaf_is_proved_to_be_in_its_tree_and_nowhere_else(size: int, data: st.DataObject) -> None:
    tree, index = leaves(size), data.draw(st.integers(0, size - 1))
    root, proof = root_of(tree), inclusion_proof(tree, index)
    assert verify_inclusion(tree[index], index, size, proof, root)
    elsewhere = data.draw(st.integers(-1, size + 1))
    assert verify_inclusion(tree[index], elsewhere, size, proof, root) == (elsewhere == index)


@given(sizes, st.data())
def test_a_tampered_leaf_proof_or_root_proves_nothing(size: int, data: st.DataObject) -> None:
    tree, index = leaves(size), data.draw(st.integers(0, size - 1))
    root, proof = root_of(tree), inclusion_proof(tree, index)
    parts = [tree[index], root, *proof]
    part, bit = data.draw(st.integers(0, len(parts) - 1)), data.draw(st.integers(0, 255))
    parts[part] = bytes(byte ^ (1 << bit % 8 if place == bit // 8 else 0) for place, byte in enumerate(parts[part]))
    assert not verify_inclusion(parts[0], index, size, parts[2:], parts[1])
    assert not verify_inclusion(tree[index], index, size, [*proof, EMPTY_ROOT], root)
    assert not proof or not verify_inclusion(tree[index], index, size, proof[:-1], root)


@given(sizes, st.data())
def test_every_beginning_of_a_tree_is_proved_and_no_other(size: int, data: st.DataObject) -> None:
    tree, old = leaves(size), data.draw(st.integers(1, size))
    proof, old_root, root = consistency_proof(tree, old), root_of(tree[:old]), root_of(tree)
    assert verify_consistency(old, size, old_root, root, proof)
    other_past = root_of([EMPTY_ROOT, *tree[1:old]])
    assert not verify_consistency(old, size, other_past, root, proof)
    assert not verify_consistency(old, size, old_root, root_of([*tree, EMPTY_ROOT]), proof)
    assert not verify_consistency(old, size, old_root, root, [*proof, EMPTY_ROOT])


@given(st.lists(st.binary(max_size=3), max_size=40), st.data())
def test_a_tree_grows_the_same_in_one_go_or_in_many(contents: list[bytes], data: st.DataObject) -> None:
    tree = [leaf_hash(content) for content in contents]
    cut = data.draw(st.integers(0, len(tree)))
    grown = Frontier().grown(tree[:cut]).grown(tree[cut:])
    assert grown == Frontier().grown(tree)
    assert grown.size == len(tree)
    assert len(grown.roots) == len(tree).bit_count()
    assert grown.root() == slow_root(tree)


@given(st.lists(st.binary(max_size=3), min_size=1, max_size=40), st.data())
def test_any_changed_leaf_changes_the_root(contents: list[bytes], data: st.DataObject) -> None:
    index = data.draw(st.integers(0, len(contents) - 1))
    changed = [*contents[:index], contents[index] + b"!", *contents[index + 1 :]]
    assert root_of([leaf_hash(c) for c in changed]) != root_of([leaf_hash(c) for c in contents])


def slow_root(tree: list[bytes]) -> bytes:
    """RFC 6962 §2.1, word by word."""
    if len(tree) < 2:
        return tree[0] if tree else hashlib.sha256().digest()
    k = 1
    while k * 2 < len(tree):
        k *= 2
    return hashlib.sha256(b"\x01" + slow_root(tree[:k]) + slow_root(tree[k:])).digest()


def test_a_leaf_cannot_pass_as_a_node() -> None:
    left, right = leaf_hash(b"a"), leaf_hash(b"b")
    assert leaf_hash(left + right) != root_of([left, right])


@pytest.mark.parametrize("index", [-1, 3])
def test_there_is_no_proof_for_a_leaf_that_is_not_there(index: int) -> None:
    with pytest.raises(IndexError):
        inclusion_proof(LEAVES[:3], index)


@pytest.mark.parametrize("old", [0, 4])
def test_there_is_no_proof_from_a_tree_that_is_empty_or_larger(old: int) -> None:
    with pytest.raises(IndexError):
        consistency_proof(LEAVES[:3], old)
