"""
The one HTTP client for addresses that somebody else wrote down.

A name is resolved once, every address found is looked at, and the connection goes to one of those very addresses: a
name that means another machine a moment later gains nothing by it. TLS is still checked against the name. A connection
serves one request and has an end, however slowly the other side speaks. Redirects are not followed; a proxy named in
the environment is not used, as it would resolve names for itself.
"""

import ipaddress
import socket
import ssl
import time
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import httpcore
import httpx

from touchmark import __version__
from touchmark.engine.errors import TouchmarkError

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network
Resolver = Callable[[str, int], Sequence[Address]]

LOOPBACK: tuple[Network, ...] = (ipaddress.ip_network("127.0.0.0/8"), ipaddress.ip_network("::1/128"))
NAT64 = ipaddress.ip_network("64:ff9b::/96")
UNICAST = ipaddress.ip_network("2000::/3")  # all of IPv6 that is given out for the public network (RFC 4291)
#: Seconds: to connect, for any one silence, for the whole of a connection.
CONNECT, SILENCE, WHOLE = 5.0, 15.0, 20.0
#: Without the address: whoever wrote the name down would have us look through the machines of a private network.
_PRIVATE = "{} is not on the public network, and not allowed here."


class ForbiddenAddress(TouchmarkError):
    """The address is not one on the public network, or would be spoken to in the clear; the text says which."""


def guarded_client(
    *,
    allow_loopback: bool = False,
    allowed_networks: Iterable[str] = (),
    resolve: Resolver | None = None,
    whole: float = WHOLE,
    silence: float = SILENCE,
) -> httpx.Client:
    """
    A client that reaches public addresses over TLS, and nothing else but what is allowed here.

    :param allow_loopback: this machine too, also without TLS: for a demo and for tests
    :param allowed_networks: networks of the operator's own ("10.4.0.0/16"), also without TLS
    :param resolve: gives the addresses of a host and port; the system's by default
    :raises ForbiddenAddress: when a call is made, if the address is none of these
    """
    own = (*(LOOPBACK if allow_loopback else ()), *map(ipaddress.ip_network, allowed_networks))
    timeout = httpx.Timeout(silence, connect=CONNECT)
    return httpx.Client(
        transport=_GuardedTransport(_GuardedBackend(own, resolve or system_addresses, whole)),
        timeout=timeout,
        follow_redirects=False,
        trust_env=False,
        headers={"user-agent": f"Touchmark/{__version__}", "accept-encoding": "identity"},
    )


def system_addresses(host: str, port: int) -> list[Address]:
    """
    What the system's resolver gives for a host, in its order.

    :raises httpcore.ConnectError: if the name means nothing
    """
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as reason:
        raise httpcore.ConnectError(f"{host} cannot be resolved: {reason}") from reason
    return [ipaddress.ip_address(entry[4][0]) for entry in found]


def look(url: str, *, allow_loopback: bool = False, resolve: Resolver | None = None) -> None:
    """
    Look at an address before it is agreed on, as the client will look at it before each call.

    :raises ForbiddenAddress: if it is no web address, means nothing, leads to a private network, or speaks in the clear
    """
    own = LOOPBACK if allow_loopback else ()
    try:
        parts = httpx.URL(url)
        found = (resolve or system_addresses)(parts.host, parts.port or 443) if parts.host else []
    except (httpx.InvalidURL, httpcore.ConnectError, ValueError) as reason:
        raise ForbiddenAddress(f"{url} cannot be called: {reason}") from reason
    loopback = bool(found) and all(any(address in network for network in own) for address in found)
    if parts.scheme != "https" and not (loopback and parts.scheme == "http"):
        raise ForbiddenAddress(f"{url} is no address that begins with https://.")
    for address in () if loopback else found:
        if not is_public(address):
            raise ForbiddenAddress(_PRIVATE.format(parts.host))


def is_public(address: Address) -> bool:
    """Whether an address lies on the public network, seeing through the forms in which IPv6 carries IPv4."""
    if isinstance(address, ipaddress.IPv4Address):
        return address.is_global and not address.is_multicast
    inner = address.ipv4_mapped or address.sixtofour or (address.teredo or (None, None))[1]
    if address in NAT64:
        inner = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return is_public(inner) if inner else address in UNICAST and address.is_global


class _GuardedTransport(httpx.HTTPTransport):
    """httpx's own transport over a pool whose connections are opened by the guard."""

    def __init__(self, backend: httpcore.NetworkBackend) -> None:
        self._pool = httpcore.ConnectionPool(
            ssl_context=httpx.create_ssl_context(),  # SSL_CERT_FILE names further authorities, a company's own
            max_connections=10,
            max_keepalive_connections=0,  # one request, one connection: see the deadline
            network_backend=backend,
        )


class _GuardedBackend(httpcore.NetworkBackend):
    def __init__(self, own: Sequence[Network], resolve: Resolver, whole: float) -> None:
        self._own = own
        self._resolve = resolve
        self._whole = whole
        self._system = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        """Connect to the first address of the host that answers, none of them being forbidden."""
        deadline = time.monotonic() + self._whole
        addresses = self._permitted(host, port)
        refusal: Exception = httpcore.ConnectError(f"{host} has no address")
        for address in addresses:
            try:
                stream = self._system.connect_tcp(str(address), port, timeout=_left(deadline, timeout))
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as reason:
                refusal = reason
            else:
                return _BoundedStream(stream, deadline, in_the_clear=self._is_own(address))
        raise refusal

    def _permitted(self, host: str, port: int) -> Sequence[Address]:
        addresses = self._resolve(host, port)
        for address in addresses:
            if not self._is_own(address) and not is_public(address):
                raise ForbiddenAddress(_PRIVATE.format(host))
        return addresses

    def _is_own(self, address: Address) -> bool:
        return any(address in network for network in self._own)


class _BoundedStream(httpcore.NetworkStream):
    """A connection that ends at its deadline, and says nothing in the clear unless it may."""

    def __init__(self, stream: httpcore.NetworkStream, deadline: float, *, in_the_clear: bool) -> None:
        self._stream = stream
        self._deadline = deadline
        self._in_the_clear = in_the_clear

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, _left(self._deadline, timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        if not self._in_the_clear:
            raise ForbiddenAddress("A public address is only called over https.")
        self._stream.write(buffer, _left(self._deadline, timeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        secure = self._stream.start_tls(ssl_context, server_hostname, _left(self._deadline, timeout))
        return _BoundedStream(secure, self._deadline, in_the_clear=True)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


def _left(deadline: float, timeout: float | None) -> float:
    """
    Seconds that may still pass.

    :raises httpcore.ReadTimeout: if none may
    """
    left = deadline - time.monotonic()
    if left <= 0:
        raise httpcore.ReadTimeout("the whole of the call took too long")
    return left if timeout is None else min(left, timeout)
