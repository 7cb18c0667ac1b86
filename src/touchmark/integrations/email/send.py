"""One letter by e-mail."""

import smtplib
from contextlib import suppress
from datetime import datetime
from email.utils import format_datetime, parseaddr

from django.core.mail import BadHeaderError, EmailMessage, get_connection

from touchmark.integrations.answers import Answer, Later, Never

#: Seconds that a mail server may be silent.
SILENCE = 15
REFUSALS_OF_US = (smtplib.SMTPConnectError, smtplib.SMTPHeloError, smtplib.SMTPAuthenticationError)


def send(*, to: str, subject: str, body: str, id: str, at: datetime, sender: str) -> Answer:
    """
    Hand a letter to the mail server.

    The Message-ID is made of the outbox's id, the same at every try: where a mail server took the letter and we died
    before noting it, the second copy can be told for what it is. Mail knows no more than that.

    :raises Never: if the server refuses the address or the letter for good, or the letter cannot be one
    :raises Later: if the server cannot be reached, or cannot take the letter now
    """
    domain = parseaddr(sender)[1].rpartition("@")[2] or "localhost"
    connection = get_connection(timeout=SILENCE)
    message = EmailMessage(
        subject=subject,
        body=body,
        from_email=sender,
        to=[to],
        headers={"Message-ID": f"<{id}@{domain}>", "Date": format_datetime(at), "Auto-Submitted": "auto-generated"},
        connection=connection,
    )
    try:
        message.send()
    except BadHeaderError as reason:
        raise Never(f"The letter's head holds a line break: {reason}") from reason
    except smtplib.SMTPException as reason:
        raise _refusal(reason) from reason
    except OSError as reason:
        raise Later(f"The mail server cannot be reached: {reason}") from reason
    finally:
        with suppress(smtplib.SMTPException, OSError):  # Django leaves it open where the server did not take us
            connection.close()
    return Answer()


def _refusal(reason: smtplib.SMTPException) -> Later | Never:
    """RFC 5321 §4.2.1: 5xx to a letter is for good, 4xx for now. A refusal of us, and not of the letter, may pass."""
    match reason:
        case smtplib.SMTPRecipientsRefused(recipients=refused):
            code, text = next(iter(refused.values()), (0, b""))
        case smtplib.SMTPResponseException(smtp_code=code, smtp_error=text):
            pass
        case _:
            code, text = 0, str(reason).encode()
    said = text.decode("utf-8", "replace") if isinstance(text, bytes) else text
    answer = Answer(code or None, said[:1_000])
    if 500 <= code < 600 and not isinstance(reason, REFUSALS_OF_US):
        return Never(f"The mail server refused the letter: {code} {said}", answer=answer)
    return Later(f"The mail server did not take the letter: {code} {said}", answer=answer)
