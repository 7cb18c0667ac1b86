from datetime import UTC, datetime
from pathlib import Path

import pytest

from touchmark.apps.audit import keys
from touchmark.engine.record.checkpoint import Checkpoint, NotSigned, opened

#: The example of Go's sumdb/note (golang.org/x/mod/sumdb/note), from which C2SP's signed note comes.
SECRET = "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz"
PUBLIC = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
TEXT = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n"
SIGNED = "x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM="


class Quoted(Checkpoint):
    """A note with the example's text, to see that our signature is Go's, to the byte."""

    def text(self) -> str:
        return TEXT


def test_we_sign_as_go_does() -> None:
    note = Quoted.signed(Quoted.__new__(Quoted), keys.Ed25519Signer.read(SECRET))
    assert note == f"{TEXT}\n— PeterNeumann {SIGNED}\n"


def test_keys_are_read_and_written_in_go_s_form() -> None:
    signer, verifier = keys.Ed25519Signer.read(SECRET), keys.Ed25519Verifier.read(PUBLIC)
    assert (signer.text(), verifier.text()) == (SECRET, PUBLIC)
    assert signer.verifier().text() == PUBLIC
    assert verifier.verify(TEXT.encode(), signer.sign(TEXT.encode()))
    assert not verifier.verify(TEXT.encode() + b"!", signer.sign(TEXT.encode()))


def test_the_first_use_makes_a_key_that_only_we_can_read(record_key: Path) -> None:
    made = keys.signer()
    assert record_key.stat().st_mode & 0o777 == 0o600
    assert keys.signer().text() == made.text()
    assert [verifier.text() for verifier in keys.verifiers()] == [made.verifier().text()]
    assert made.name.startswith("touchmark/")


def test_a_new_key_keeps_the_log_s_name_and_the_old_one_is_still_believed(record_key: Path) -> None:
    old = keys.signer()
    record_key.unlink()
    new = keys.signer()
    assert new.name == old.name
    assert new.key_id != old.key_id
    assert [verifier.key_id for verifier in keys.verifiers()] == [old.key_id, new.key_id]


@pytest.mark.parametrize(
    "line",
    [
        "",
        "PeterNeumann+c74f20a3",
        PUBLIC.replace("c74f20a3", "c74f20a4"),  # the id is not this key's
        PUBLIC.replace("PeterNeumann", "Peter"),  # nor is the name
        PUBLIC.replace("ARpc", "AXpc"),  # nor the key
        PUBLIC.replace("ARpc", "BRpc"),  # another algorithm
        PUBLIC.replace("ARpc", "A*pc"),
        PUBLIC[:-4],
    ],
)
def test_a_damaged_line_is_no_key(line: str) -> None:
    with pytest.raises(keys.UnusableKey):
        keys.Ed25519Verifier.read(line)
    with pytest.raises(keys.UnusableKey):
        keys.Ed25519Signer.read(line)


def test_a_file_that_holds_no_key_is_named(record_key: Path) -> None:
    record_key.parent.mkdir()
    record_key.write_bytes(b"\xff")
    with pytest.raises(keys.UnusableKey, match=r"record\.key"):
        keys.signer()


def test_public_keys_that_are_missing_are_named() -> None:
    with pytest.raises(keys.UnusableKey, match=r"record\.key\.pub"):
        keys.verifiers()


def test_a_stranger_s_signature_is_not_believed(record_key: Path) -> None:
    ours = keys.signer()
    stranger = keys.Ed25519Signer.read(SECRET)
    made = Checkpoint("log", 0, b"", datetime(2026, 1, 1, tzinfo=UTC))
    with pytest.raises(NotSigned):
        opened(made.signed(stranger), [ours.verifier()])
