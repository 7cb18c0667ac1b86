"""A mail server on this machine with an account and a certificate, that notes what it is told and how."""

from __future__ import annotations

import base64
import socketserver
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

USER, PASSWORD = "touchmark@market.example", "three quiet words"


@dataclass
class Heard:
    """The commands that came, each with whether it came in a sealed connection, and the letters."""

    commands: list[tuple[str, bool]] = field(default_factory=list)
    letters: list[str] = field(default_factory=list)

    @property
    def open_words(self) -> str:
        """All that anybody on the way could have read."""
        return " ".join(command for command, sealed in self.commands if not sealed)


def certificate(folder: Path) -> Path:
    """Make a certificate for this machine that answers for itself, with its key, in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    today = datetime.now(UTC)  # noqa: TID251  # the handshake looks at the real day
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(today - timedelta(days=1))
        .not_valid_after(today + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    plain = serialization.NoEncryption()
    kept = folder / "mail.pem"
    kept.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain)
        + made.public_bytes(serialization.Encoding.PEM)
    )
    return kept


@contextmanager
def mail_server(pem: Path, *, sealed: bool = False, offers_tls: bool = True) -> Iterator[tuple[int, Heard]]:
    """Run it: ``sealed`` from the first byte on, or else after STARTTLS, if it ``offers_tls``."""
    heard, context = Heard(), ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem)

    class Handler(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            with suppress(OSError):  # the other side does not trust us, and goes
                _talk(self.request, heard, context, sealed=sealed, offers_tls=offers_tls)

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.05,))
        thread.start()
        try:
            yield server.server_address[1], heard
        finally:
            server.shutdown()
            thread.join()


def _talk(line: Any, heard: Heard, context: ssl.SSLContext, *, sealed: bool, offers_tls: bool) -> None:
    """Talk until the other side goes, in a sealed connection from the first byte on, or from where it is asked for."""
    line.settimeout(5)
    line = _sealed(line, context) if sealed else line
    try:
        _say(line, "220 ready")
        if _served(line, heard, sealed=sealed, offers_tls=offers_tls):
            line = _sealed(line, context)
            _served(line, heard, sealed=True, offers_tls=offers_tls)
    finally:
        line.close()


def _sealed(plain: Any, context: ssl.SSLContext) -> ssl.SSLSocket:
    line = context.wrap_socket(plain, server_side=True, do_handshake_on_connect=False)
    try:
        line.do_handshake()
    except OSError:
        line.close()
        raise
    return line


def _served(line: Any, heard: Heard, *, sealed: bool, offers_tls: bool) -> bool:
    """Answer what comes, and say whether it goes on in a sealed connection."""
    while command := _line(line):
        heard.commands.append((command, sealed))
        word = command.split(maxsplit=1)[0].upper()
        if word == "STARTTLS" and offers_tls:
            _say(line, "220 go on")
            return True
        if word == "DATA":
            _say(line, "354 go on")
            heard.letters.append(_letter(line))
        _say(line, _answer(word, command, sealed=sealed, offers_tls=offers_tls))
    return False


def _answer(word: str, command: str, *, sealed: bool, offers_tls: bool) -> str:
    if word == "EHLO":
        return "250-here\r\n" + ("250 AUTH PLAIN" if sealed else "250 STARTTLS" if offers_tls else "250 HELP")
    if word == "AUTH":
        said = base64.b64decode(command.split()[2]).decode().split("\0")
        return "235 welcome" if said[1:] == [USER, PASSWORD] else "535 wrong name or password"
    return "221 bye" if word == "QUIT" else "250 fine"


def _letter(line: Any) -> str:
    lines: list[str] = []
    while (text := _line(line)) != ".":
        lines.append(text)
    return "\n".join(lines)


def _line(line: Any) -> str:
    """Read a line byte by byte: what is behind STARTTLS belongs to the handshake."""
    text = b""
    while not text.endswith(b"\r\n"):
        byte = line.recv(1)
        if not byte:
            return ""
        text += byte
    return text[:-2].decode() or " "


def _say(line: Any, text: str) -> None:
    line.sendall(text.encode() + b"\r\n")
