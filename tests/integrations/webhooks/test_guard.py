import ipaddress
import socket
import ssl
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from tests.integrations.webhooks.receiver import receiving, says

from touchmark.integrations.webhooks.guard import Address, ForbiddenAddress, guarded_client, is_public, look

NOW = datetime(2026, 11, 22, tzinfo=UTC)


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("93.184.215.14", True),
        ("127.0.0.1", False),
        ("0.0.0.0", False),  # this machine, to Linux  # noqa: S104
        ("10.0.0.1", False),
        ("172.16.0.1", False),
        ("192.168.1.1", False),
        ("169.254.169.254", False),  # where clouds keep their credentials
        ("100.64.0.1", False),  # carriers' own
        ("192.0.2.1", False),  # for documentation
        ("224.0.0.1", False),
        ("255.255.255.255", False),
        ("2606:2800:21f:cb07:6820:80da:af6b:8b2c", True),
        ("::", False),
        ("::1", False),
        ("fe80::1", False),
        ("fc00::1", False),
        ("fec0::1", False),
        ("ff02::1", False),
        ("2001:db8::1", False),
        ("::ffff:127.0.0.1", False),  # IPv4 within IPv6, in each of its forms
        ("::ffff:93.184.215.14", True),
        ("::127.0.0.1", False),
        ("2002:7f00:1::", False),
        ("64:ff9b::10.0.0.1", False),
        ("64:ff9b::93.184.215.14", True),
        ("2001:0:4136:e378:8000:63bf:f5ff:fffe", False),  # Teredo for 10.0.0.1
    ],
)
def test_what_is_public(address: str, public: bool) -> None:
    assert is_public(ipaddress.ip_address(address)) is public


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1:9/",
        "http://localhost:9/",
        "http://2130706433/",  # 127.0.0.1 as one number
        "http://0x7f.1/",
        "http://127.1/",
        "http://[::1]/",
        "http://[::ffff:127.0.0.1]/",
        "http://169.254.169.254/latest/meta-data/",
        "https://10.0.0.1/",
    ],
)
def test_nothing_but_the_public_network_is_called(url: str) -> None:
    with guarded_client() as client, pytest.raises(ForbiddenAddress, match="not on the public network"):
        client.post(url)


def fixed(*addresses: str) -> Callable[[str, int], list[Address]]:
    return lambda host, port: [ipaddress.ip_address(address) for address in addresses]


def test_loopback_allowed_is_loopback_only() -> None:
    with guarded_client(allow_loopback=True) as client, pytest.raises(ForbiddenAddress):
        client.post("http://10.0.0.1/")


def test_one_private_address_among_public_ones_shuts_the_door() -> None:
    with (
        guarded_client(resolve=fixed("93.184.215.14", "10.0.0.1")) as client,
        pytest.raises(ForbiddenAddress, match=r"shop\.example is not on the public network"),
    ):
        client.post("https://shop.example/")


def test_an_operator_s_own_network_is_open_where_it_is_named() -> None:
    with receiving(says("200 OK")) as receiver, guarded_client(allowed_networks=["127.0.0.1/32"]) as client:
        assert client.post(receiver.url).status_code == 200


def test_the_connection_goes_to_the_address_that_was_looked_at() -> None:
    """A name server that answers differently the second time is not asked a second time."""
    asked: list[str] = []

    def once(host: str, port: int) -> list[Address]:
        asked.append(host)
        return [ipaddress.ip_address("127.0.0.1" if len(asked) == 1 else "10.0.0.1")]

    with receiving(says("200 OK")) as receiver, guarded_client(allow_loopback=True, resolve=once) as client:
        url = httpx.URL(receiver.url).copy_with(host="shop.example")
        assert client.post(url).status_code == 200
    assert asked == ["shop.example"]
    assert receiver.header("host") == f"shop.example:{url.port}"


def test_the_next_address_is_tried_where_the_first_does_not_answer() -> None:
    with (
        receiving(says("200 OK")) as receiver,
        guarded_client(allow_loopback=True, resolve=fixed("::1", "127.0.0.1")) as client,
    ):
        assert client.post(httpx.URL(receiver.url).copy_with(host="shop.example")).status_code == 200


def test_a_name_that_means_nothing() -> None:
    with guarded_client() as client, pytest.raises(httpx.ConnectError, match="cannot be resolved"):
        client.post("https://" + "a" * 64 + ".invalid/")


def test_an_environment_s_proxy_is_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    with receiving(says("200 OK")) as proxy, receiving(says("204 No Content")) as receiver:
        monkeypatch.setenv("HTTP_PROXY", proxy.url)
        with guarded_client(allow_loopback=True) as client:
            assert client.post(receiver.url).status_code == 204


def test_a_public_address_is_not_spoken_to_in_the_clear(monkeypatch: pytest.MonkeyPatch) -> None:
    """Loopback plays the public network here: nothing else may be reached from a test."""
    monkeypatch.setattr("touchmark.integrations.webhooks.guard.is_public", lambda address: True)
    with receiving(says("200 OK")) as receiver:
        with guarded_client() as client, pytest.raises(ForbiddenAddress, match="only called over https"):
            client.post(receiver.url)
        assert not receiver.heads


class Authority:
    """A certificate authority of the test's own, and a certificate for shop.example."""

    def __init__(self, folder: Path) -> None:
        self.root, self.chain = folder / "root.pem", folder / "shop.pem"
        key = ec.generate_private_key(ec.SECP256R1())
        ca = self._certificate("Test CA", key, "Test CA", key, ca=True)
        self.root.write_bytes(ca.public_bytes(serialization.Encoding.PEM))
        own = ec.generate_private_key(ec.SECP256R1())
        leaf = self._certificate("shop.example", own, "Test CA", key, ca=False)
        self.chain.write_bytes(
            own.private_bytes(
                serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
            )
            + leaf.public_bytes(serialization.Encoding.PEM)
        )

    def _certificate(
        self,
        subject: str,
        key: ec.EllipticCurvePrivateKey,
        issuer: str,
        issuer_key: ec.EllipticCurvePrivateKey,
        *,
        ca: bool,
    ) -> x509.Certificate:
        names = [x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)]) for name in (subject, issuer)]
        now = datetime.now(UTC)  # noqa: TID251  # OpenSSL compares with the clock
        builder = (
            x509.CertificateBuilder(names[1], names[0], key.public_key(), x509.random_serial_number())
            .not_valid_before(now - timedelta(days=1))
            .not_valid_after(now + timedelta(days=1))
            .add_extension(x509.BasicConstraints(ca=ca, path_length=None), critical=True)
            .add_extension(x509.SubjectAlternativeName([x509.DNSName(subject.replace(" ", "-"))]), critical=False)
            .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
            .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer_key.public_key()), critical=False)
        )
        return builder.sign(issuer_key, hashes.SHA256())

    def wrap(self, connection: socket.socket) -> ssl.SSLSocket:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.chain)
        return context.wrap_socket(connection, server_side=True)


@pytest.mark.parametrize(
    ("host", "known", "refusal"),
    [
        ("shop.example", True, None),
        ("other.example", True, "Hostname mismatch"),  # the certificate is for the name, not for the address
        ("shop.example", False, "unable to get local issuer"),
    ],
)
def test_tls_is_checked_against_the_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, host: str, known: bool, refusal: str | None
) -> None:
    authority = Authority(tmp_path)
    if known:
        monkeypatch.setenv("SSL_CERT_FILE", str(authority.root))
    with (
        receiving(says("200 OK"), wrap=authority.wrap) as receiver,
        guarded_client(allow_loopback=True, resolve=fixed("127.0.0.1")) as client,
    ):
        url = httpx.URL(receiver.url).copy_with(scheme="https", host=host)
        if refusal is None:
            assert client.post(url).status_code == 200
        else:
            with pytest.raises(httpx.ConnectError, match=refusal):
                client.post(url)


def test_a_refusal_does_not_say_where_a_private_name_leads() -> None:
    def inside(host: str, port: int) -> list[Address]:
        return [ipaddress.ip_address("10.77.3.9")]

    with guarded_client(resolve=inside) as client, pytest.raises(ForbiddenAddress) as called:
        client.get("https://db.inside.example/")
    with pytest.raises(ForbiddenAddress) as looked_at:
        look("https://db.inside.example/", resolve=inside)
    for refusal in (called, looked_at):
        assert "db.inside.example" in str(refusal.value)
        assert "10.77" not in str(refusal.value)
