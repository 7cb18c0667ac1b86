"""What every behaviour of a receiver comes to, against real servers on this machine."""

import socket
import struct
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import httpx
import pytest
from standardwebhooks import Webhook
from tests.integrations.webhooks.receiver import receiving, says

from touchmark.integrations.answers import Answer, Later, Never
from touchmark.integrations.webhooks.deliver import KEPT, deliver
from touchmark.integrations.webhooks.guard import guarded_client

AT = datetime(2026, 11, 22, 9, 0, 0, 900_000, tzinfo=UTC)
SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
BODY = '{"type":"listing.restricted","data":{"listing_id":"假-1"}}'.encode()


@pytest.fixture
def client() -> Iterator[httpx.Client]:
    with guarded_client(allow_loopback=True) as client:
        yield client


def tell(client: httpx.Client, url: str, *, at: datetime = AT, secret: str = SECRET) -> Answer:
    return deliver(url=url, secret=secret, id="msg-1", body=BODY, at=at, client=client)


def refused(client: httpx.Client, url: str) -> Later:
    with pytest.raises(Later) as refusal:
        tell(client, url)
    return refusal.value


@pytest.mark.parametrize("status", ["200 OK", "201 Created", "202 Accepted", "204 No Content"])
def test_any_2xx_is_taken(client: httpx.Client, status: str) -> None:
    with receiving(says(status)) as receiver:
        assert tell(client, receiver.url).code == int(status[:3])


def test_what_the_receiver_gets(client: httpx.Client) -> None:
    now = datetime.now(UTC)  # noqa: TID251  # the library compares with the clock
    with receiving(says("200 OK", body=b"thanks")) as receiver:
        assert tell(client, receiver.url, at=now) == Answer(200, "thanks")
    assert receiver.heads[0].startswith("POST /hook HTTP/1.1")
    assert receiver.bodies == [BODY]
    assert receiver.header("content-type") == "application/json"
    assert receiver.header("user-agent").startswith("Touchmark/")
    names = ("webhook-id", "webhook-timestamp", "webhook-signature")
    Webhook(SECRET).verify(BODY, {name: receiver.header(name) for name in names})


@pytest.mark.parametrize(
    ("status", "reason"),
    [
        ("500 Internal Server Error", "answered 500"),
        ("502 Bad Gateway", "answered 502"),
        ("400 Bad Request", "answered 400"),  # a fault of theirs to be mended: it is tried again
        ("401 Unauthorized", "answered 401"),
        ("404 Not Found", "answered 404"),
        ("300 Multiple Choices", "answered 300"),
    ],
)
def test_anything_else_is_tried_again(client: httpx.Client, status: str, reason: str) -> None:
    with receiving(says(status, body=b"why")) as receiver:
        refusal = refused(client, receiver.url)
    assert reason in str(refusal)
    assert refusal.answer == Answer(int(status[:3]), "why")
    assert refusal.after is None


def test_gone_is_for_good(client: httpx.Client) -> None:
    with receiving(says("410 Gone", body=b"closed")) as receiver, pytest.raises(Never) as refusal:
        tell(client, receiver.url)
    assert refusal.value.answer == Answer(410, "closed")


def test_a_redirect_is_not_followed(client: httpx.Client) -> None:
    with receiving(says("200 OK")) as elsewhere:
        with receiving(says("307 Temporary Redirect", f"location: {elsewhere.url}")) as receiver:
            assert refused(client, receiver.url).answer.code == 307
        assert not elsewhere.heads


@pytest.mark.parametrize(
    ("status", "header", "after"),
    [
        ("429 Too Many Requests", "120", timedelta(seconds=120)),
        ("503 Service Unavailable", "7200", timedelta(hours=2)),
        ("503 Service Unavailable", "Sun, 22 Nov 2026 09:10:00 GMT", timedelta(minutes=10) - timedelta(seconds=0.9)),
        ("503 Service Unavailable", "Sun, 22 Nov 2026 08:00:00 GMT", None),  # past
        ("503 Service Unavailable", "soon", None),
        ("429 Too Many Requests", "-5", None),
        ("429 Too Many Requests", "9" * 40, None),  # beyond any date
        ("429 Too Many Requests", "", None),
        ("500 Internal Server Error", "120", None),  # Retry-After means nothing here
    ],
)
def test_a_receiver_that_says_when_is_heeded(
    client: httpx.Client, status: str, header: str, after: timedelta | None
) -> None:
    with receiving(says(status, f"retry-after: {header}")) as receiver:
        assert refused(client, receiver.url).after == after


def reset(connection: socket.socket) -> None:
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


def test_a_connection_that_breaks_off_is_tried_again(client: httpx.Client) -> None:
    with receiving(reset) as receiver:
        refusal = refused(client, receiver.url)
    assert refusal.answer == Answer()
    assert len(receiver.heads) == 1  # not tried again behind the outbox's back


def test_a_receiver_that_closes_without_a_word(client: httpx.Client) -> None:
    with receiving(lambda connection: None) as receiver:
        assert "RemoteProtocolError" in str(refused(client, receiver.url))


def test_one_that_does_not_speak_http(client: httpx.Client) -> None:
    with receiving(lambda connection: connection.sendall(b"SSH-2.0-OpenSSH\r\n\r\n")) as receiver:
        assert "RemoteProtocolError" in str(refused(client, receiver.url))


def test_nobody_there(client: httpx.Client) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    assert "ConnectError" in str(refused(client, f"http://127.0.0.1:{port}/"))


def hang(connection: socket.socket) -> None:
    """Say nothing until the caller hangs up; half a minute at most."""
    connection.settimeout(30)
    connection.recv(1)


def test_a_receiver_that_hangs_has_an_end() -> None:
    with guarded_client(allow_loopback=True, silence=0.3) as client, receiving(hang) as receiver:
        begun = time.monotonic()
        assert "ReadTimeout" in str(refused(client, receiver.url))
        assert time.monotonic() - begun < 20  # long before the receiver would have given up


def trickle(connection: socket.socket) -> None:
    """A head that never ends, every byte well within the allowed silence."""
    connection.sendall(b"HTTP/1.1 200 OK\r\nx: ")
    for _ in range(1_500):
        connection.sendall(b"a")
        time.sleep(0.02)


def test_a_receiver_that_trickles_has_an_end() -> None:
    with guarded_client(allow_loopback=True, silence=1, whole=0.4) as client, receiving(trickle) as receiver:
        begun = time.monotonic()
        assert "ReadTimeout" in str(refused(client, receiver.url))
        assert time.monotonic() - begun < 20  # the head alone takes half a minute


def flood(connection: socket.socket) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
    for _ in range(10_000):
        connection.sendall(b"<p>\x00\xff" * 20_000)


def test_a_huge_answer_is_read_as_far_as_it_matters(client: httpx.Client) -> None:
    with receiving(flood) as receiver:
        answer = tell(client, receiver.url)
    assert answer.code == 200
    assert len(answer.excerpt) == KEPT
    assert set(answer.excerpt) == set("<p>\ufffd")  # nothing that a database would refuse


def test_a_taken_message_stays_taken_though_the_answer_breaks_off(client: httpx.Client) -> None:
    def broken(connection: socket.socket) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nthank")

    with receiving(broken) as receiver:
        assert tell(client, receiver.url) == Answer(200, "thank")


def test_every_try_is_under_the_same_id_with_a_time_of_its_own(client: httpx.Client) -> None:
    """The receiver took the first and could not say so; the id lets it know the second again."""
    with receiving(reset, says("200 OK")) as receiver:
        refused(client, receiver.url)
        tell(client, receiver.url, at=AT + timedelta(seconds=5))
    assert receiver.header("webhook-id", 0) == receiver.header("webhook-id", 1) == "msg-1"
    assert receiver.bodies[0] == receiver.bodies[1]
    assert int(receiver.header("webhook-timestamp", 1)) == int(receiver.header("webhook-timestamp", 0)) + 5


@pytest.mark.parametrize("url", ["", "shop.example/hook", "ftp://127.0.0.1/", "http://", "http://[::1", "http://a b/"])
def test_an_address_that_is_none(client: httpx.Client, url: str) -> None:
    refused(client, url)


@pytest.mark.parametrize("secret", ["", "whsec_", "whsec_ü", "whsec_a"])
def test_nothing_is_sent_unsigned(client: httpx.Client, secret: str) -> None:
    with receiving(says("200 OK")) as receiver, pytest.raises(Later, match="secret"):
        tell(client, receiver.url, secret=secret)
    assert not receiver.heads
