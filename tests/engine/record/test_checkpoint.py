import base64
import hashlib
from dataclasses import dataclass, replace
from datetime import UTC, datetime

import pytest

from touchmark.engine.record.checkpoint import Checkpoint, NotACheckpoint, NotSigned, key_id, opened


@dataclass(frozen=True)
class Key:
    """A stand-in for Ed25519, which the engine does not have: "signs" with a digest that anyone could make."""

    name: str
    key_id: bytes = b"\x00\x01\x02\x03"

    def sign(self, message: bytes) -> bytes:
        return hashlib.sha256(self.name.encode() + message).digest()

    def verify(self, message: bytes, signature: bytes) -> bool:
        return signature == self.sign(message)


OURS, WITNESS = Key("touchmark/1f"), Key("witness.example", b"wits")
CHECKPOINT = Checkpoint("touchmark/1f", 3, b"r" * 32, datetime(2026, 11, 22, 6, 9, 36, tzinfo=UTC))
NOTE = CHECKPOINT.signed(OURS)


def test_the_text_is_pinned() -> None:
    assert CHECKPOINT.text() == (
        "touchmark/1f\n3\ncnJycnJycnJycnJycnJycnJycnJycnJycnJycnJycnI=\n2026-11-22T06:09:36.000000Z\n"
    )
    assert NOTE.startswith(CHECKPOINT.text() + "\n— touchmark/1f AAECA")


def test_it_opens_to_what_was_signed() -> None:
    assert opened(NOTE, [WITNESS, OURS]) == CHECKPOINT


def test_a_witness_may_sign_below_and_strangers_are_passed_over() -> None:
    both = NOTE + CHECKPOINT.signed(WITNESS).rpartition("\n\n")[2]
    assert opened(both, [OURS]) == opened(both, [WITNESS]) == CHECKPOINT


@pytest.mark.parametrize(
    ("note", "verifiers"),
    [
        (NOTE, []),
        (NOTE, [WITNESS]),
        (NOTE, [Key("touchmark/1f", b"othr")]),  # the same name, another key
        (NOTE.replace("\n3\n", "\n4\n"), [OURS]),  # another size under the old signature
        (NOTE.replace("06:09:36", "06:09:37"), [OURS]),  # another moment
    ],
)
def test_without_a_trusted_signature_it_stays_shut(note: str, verifiers: list[Key]) -> None:
    with pytest.raises(NotSigned):
        opened(note, verifiers)


def test_a_false_signature_by_a_trusted_key_shuts_it_even_beside_a_true_one() -> None:
    of_another_text = replace(CHECKPOINT, size=4).signed(WITNESS).rpartition("\n\n")[2]
    with pytest.raises(NotSigned, match=r"witness\.example"):
        opened(NOTE + of_another_text, [OURS, WITNESS])


@pytest.mark.parametrize(
    "note",
    [
        "",
        "no empty line\n",
        NOTE.removesuffix("\n"),
        NOTE.replace("—", "-"),
        NOTE.replace("— touchmark/1f AAEC", "— touchmark/1f *AEC"),
        NOTE.partition("\n\n")[0] + "\n\n— touchmark/1f AAEC\n",  # a key id without a signature
    ],
)
def test_what_is_no_signed_note(note: str) -> None:
    with pytest.raises(NotACheckpoint):
        opened(note, [OURS])


@pytest.mark.parametrize(
    "text",
    [
        "touchmark/1f\n3\ncnJy\n",  # no moment
        "touchmark/1f\n3\ncnJy\n2026-11-22T06:09:36.000000Z\nmore\n",
        "touchmark/1f\n\ncnJy\n2026-11-22T06:09:36.000000Z\n",
        "touchmark/1f\nthree\ncnJy\n2026-11-22T06:09:36.000000Z\n",
        "touchmark/1f\n03\ncnJy\n2026-11-22T06:09:36.000000Z\n",  # a second spelling of 3
        "touchmark/1f\n3\ncnJy\n2026-11-22T06:09:36Z\n",  # a second spelling of the moment
        "touchmark/1f\n3\ncn*y\n2026-11-22T06:09:36.000000Z\n",
        "touchmark/1f\n3\ncnJy\nyesterday\n",
    ],
)
def test_a_signed_text_that_is_no_checkpoint_of_ours(text: str) -> None:
    signature = Checkpoint.signed(_Text(text), OURS)  # type: ignore[arg-type]
    with pytest.raises(NotACheckpoint):
        opened(signature, [OURS])


@dataclass(frozen=True)
class _Text:
    content: str

    def text(self) -> str:
        return self.content


def test_key_id_of_the_format_s_own_example() -> None:
    """The key in the documentation of Go's sumdb/note, from which C2SP's signed note comes."""
    public = base64.b64decode("ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW").removeprefix(b"\x01")
    assert key_id("PeterNeumann", public).hex() == "c74f20a3"
