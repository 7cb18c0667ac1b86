"""Files in a bucket, against a server that speaks S3 on this machine: kept, shown, backed up, brought back; away."""

import pickle
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from tests.factories import buckets
from tests.factories.accounts import AT

from touchmark.apps.blobs import actions, bucket, queries, store
from touchmark.apps.blobs.bucket import Account, Bucket, BucketAway
from touchmark.apps.blobs.display import SMALL, display
from touchmark.engine.screening.image.unreadable import UnreadableImage
from touchmark.ops.backup import whole
from touchmark.ops.health import State, _files

ABSENT = "0" * 64


def written(kind: str) -> bytes:
    made = BytesIO()
    Image.new("RGB", (200, 100), "teal").save(made, kind)
    return made.getvalue()


@pytest.fixture(scope="module")
def endpoint() -> Iterator[str]:
    """Run the stand-in; give its address."""
    with buckets.served() as address:
        yield address


@pytest.fixture
def client(endpoint: str) -> Any:
    return buckets.client_of(endpoint)


@pytest.fixture
def files(endpoint: str, client: Any, settings: Any) -> Bucket:
    """An empty bucket, in use."""
    settings.BLOBS = f"s3://{buckets.new_bucket(client)}/touchmark"
    settings.TOUCHMARK_BLOBS_ACCOUNT = buckets.ACCOUNT | {"endpoint": endpoint}
    found = store.here()
    assert isinstance(found, Bucket)
    return found


def test_what_is_put_comes_back_under_its_digest(files: Bucket, client: Any) -> None:
    digest = files.put(b"a photo")
    assert files.put(b"a photo") == digest
    assert files(digest) == b"a photo"
    name = files.address.removeprefix("s3://").partition("/")[0]
    keys = [found["Key"] for found in client.list_objects_v2(Bucket=name)["Contents"]]
    assert keys == [f"touchmark/{digest[:2]}/{digest[2:4]}/{digest}"]
    assert list(files.digests()) == [digest]


@pytest.mark.parametrize("word", [ABSENT, "", "..", "../secret", "A" * 64, "0" * 63, "\x00"])
def test_what_is_not_there_is_missing(files: Bucket, word: str) -> None:
    with pytest.raises(UnreadableImage) as refused:
        files(word)
    assert refused.value.code == "missing"


def test_what_was_changed_in_the_bucket_is_not_given(files: Bucket, client: Any) -> None:
    digest = files.put(b"a photo")
    name = files.address.removeprefix("s3://").partition("/")[0]
    client.put_object(Bucket=name, Key=f"touchmark/{digest[:2]}/{digest[2:4]}/{digest}", Body=b"another")
    with pytest.raises(UnreadableImage) as refused:
        files(digest)
    assert refused.value.code == "missing"


def test_it_goes_to_another_process(files: Bucket) -> None:
    digest = files.put(b"a photo")
    assert pickle.loads(pickle.dumps(files))(digest) == b"a photo"  # noqa: S301  # our own
    assert "s3cret" not in repr(Account(key="k", secret="s3cret"))


@pytest.mark.django_db
def test_pictures_are_kept_and_shown(files: Bucket) -> None:
    blob = actions.keep(written("PNG"), at=AT)
    assert queries.bytes_of(blob.sha256) == written("PNG")
    first = display(blob, SMALL)
    assert files.shown(blob.sha256, SMALL) == first[0]
    assert display(blob, SMALL) == first
    assert list(files.digests()) == [blob.sha256]  # what is drawn anew is no file of its own


@pytest.mark.django_db
def test_a_backup_holds_them_and_puts_them_into_a_folder_or_another_bucket(
    files: Bucket, tmp_path: Path, settings: Any
) -> None:
    data = [written("PNG"), b"%PDF-1.7 an invoice"]
    digests = sorted(blob.sha256 for blob in actions.keep_many(data, at=AT))
    found = dict(whole._blobs(tmp_path / "scratch", []))
    assert sorted(name[-64:] for name in found) == digests
    unpacked = []
    for name, path in whole._blobs(tmp_path / "scratch", []):
        held = tmp_path / name[-64:]
        held.write_bytes(path.read_bytes())
        unpacked.append(held)
    settings.BLOBS = tmp_path / "folder"
    for held in unpacked:
        store.here().take_in(held)
    assert sorted(store.here().digests()) == digests
    settings.BLOBS = f"{files.address}-two"
    for digest in digests:
        store.here().take_in(store.Store(tmp_path / "folder").path(digest))
    assert sorted(store.here().digests()) == digests
    assert not list(store.Store(tmp_path / "folder").digests())


def test_a_bucket_that_is_away_says_so_soon(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.BLOBS = "s3://nowhere"
    settings.TOUCHMARK_BLOBS_ACCOUNT = {"endpoint": "http://127.0.0.1:9", "region": "x", "key": "k", "secret": "s"}
    with pytest.raises(BucketAway, match="cannot be used"):
        store.here().put(b"a photo")
    found = _files()
    assert found.state is State.WRONG
    assert "TOUCHMARK_BLOBS" in found.remedy


def test_a_bucket_that_is_not_there_is_wrong(files: Bucket, settings: Any) -> None:
    settings.BLOBS = "s3://no-such-bucket"
    with pytest.raises(BucketAway):
        store.here().put(b"a photo")
    assert _files().state is State.WRONG


def test_without_the_package_it_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bucket, "obstore", None)
    with pytest.raises(bucket.NoObjectStore, match=r"touchmark\[bucket\]"):
        bucket._client.__wrapped__(Bucket("s3://b"))
