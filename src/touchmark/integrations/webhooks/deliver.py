"""One call to one receiver."""

from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

import httpx

from touchmark.integrations.answers import Answer, Later, Never
from touchmark.integrations.webhooks.guard import ForbiddenAddress
from touchmark.integrations.webhooks.sign import UnusableSecret, headers_of

#: Bytes of an answer that are read, and characters of it that are kept.
READ, KEPT = 64 * 1024, 1_000
GONE = 410
SAYS_WHEN = (429, 503)


def deliver(*, url: str, secret: str, id: str, body: bytes, at: datetime, client: httpx.Client) -> Answer:
    """
    Post a signed body and give the answer, if it is a 2xx. The status counts; what follows it is read for the record.

    :param client: from ``guard.guarded_client``
    :raises Never: on 410: the receiver has gone for good
    :raises Later: on any other answer, on none, on an address that may not be called, on a secret that is none
    """
    try:
        headers = headers_of(secret=secret, id=id, body=body, at=at)
        with client.stream("POST", url, content=body, headers=headers) as response:
            answer = Answer(response.status_code, _excerpt(response))
            return _taken(answer, response.headers.get("retry-after", ""), at)
    except (httpx.HTTPError, httpx.InvalidURL, ForbiddenAddress, UnusableSecret) as reason:
        raise Later(f"{type(reason).__name__}: {reason}") from reason


def _taken(answer: Answer, retry_after: str, at: datetime) -> Answer:
    code = answer.code or 0
    if 200 <= code < 300:
        return answer
    if code == GONE:
        raise Never("The receiver answered 410: it takes no more messages.", answer=answer)
    after = _wait(retry_after, at) if code in SAYS_WHEN else None
    raise Later(f"The receiver answered {code}.", after=after, answer=answer)


def _excerpt(response: httpx.Response) -> str:
    """The beginning of the answer as text that any database keeps; a body that breaks off takes nothing back."""
    read = bytearray()
    try:
        for chunk in response.iter_raw():
            read += chunk
            if len(read) >= READ:
                break
    except httpx.HTTPError:
        pass
    text = read[:READ].decode("utf-8", "replace")[:KEPT]
    return "".join(c if c.isprintable() or c in "\n\t" else "\ufffd" for c in text)


def _wait(retry_after: str, at: datetime) -> timedelta | None:
    """Retry-After in seconds or as a date (RFC 9110 §10.2.3); None where it is neither or already past."""
    try:
        if retry_after.strip().isdecimal():
            wait = timedelta(seconds=int(retry_after))
        else:
            moment = parsedate_to_datetime(retry_after)
            wait = (moment if moment.tzinfo else moment.replace(tzinfo=UTC)) - at
    except (ValueError, OverflowError):
        return None
    return wait if wait > timedelta() else None
