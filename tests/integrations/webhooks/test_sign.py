from datetime import UTC, datetime, timedelta, timezone

import pytest
from standardwebhooks import Webhook, WebhookVerificationError

from touchmark.integrations.webhooks.sign import body_of, headers_of

AT = datetime(2021, 2, 25, 10, 11, 14, 999_999, tzinfo=UTC)
SECRET, NEXT = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD"


def test_the_signature_of_the_specification_s_example() -> None:
    """Standard Webhooks, "Verifying signatures": this secret, id, time and body."""
    headers = headers_of(
        secret=SECRET,
        id="msg_p5jXN8AQM9LWM0D4loKWxJek",
        body=b'{"test": 2432232314}',
        at=datetime.fromtimestamp(1614265330, UTC),
    )
    assert headers["webhook-signature"] == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="
    assert headers["webhook-timestamp"] == "1614265330"
    assert headers["webhook-id"] == "msg_p5jXN8AQM9LWM0D4loKWxJek"


def test_a_moment_is_signed_as_the_same_moment_in_every_zone() -> None:
    there = AT.astimezone(timezone(timedelta(hours=8)))
    assert headers_of(secret=SECRET, id="m", body=b"{}", at=there) == headers_of(
        secret=SECRET, id="m", body=b"{}", at=AT
    )


def test_two_secrets_sign_while_one_takes_over_from_the_other() -> None:
    now = datetime.now(UTC)  # noqa: TID251  # the library compares with the clock
    headers = headers_of(secret=f"{SECRET} {NEXT}", id="m", body=b"{}", at=now)
    assert Webhook(SECRET).verify(b"{}", headers) == Webhook(NEXT).verify(b"{}", headers) == {}
    with pytest.raises(WebhookVerificationError):
        Webhook(SECRET).verify(b"{ }", headers)


def test_the_body_is_one_spelling_with_its_place_in_the_order() -> None:
    payload = {"type": "listing.restricted", "data": {"b": "假", "a": None}}
    assert body_of(payload, sequence=3).decode() == (
        '{"data":{"a":null,"b":"假"},"sequence":3,"type":"listing.restricted"}'
    )
