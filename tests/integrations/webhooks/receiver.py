"""Real receivers on this machine: what they answer is a function that gets the connection, once the request is read."""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

Answering = Callable[[socket.socket], None]


@dataclass
class Receiver:
    """A server that has read these requests, oldest first: head in lower case, body."""

    url: str
    heads: list[str] = field(default_factory=list)
    bodies: list[bytes] = field(default_factory=list)

    def header(self, name: str, request: int = -1) -> str:
        lines = self.heads[request].splitlines()
        return next(line.partition(": ")[2] for line in lines if line.lower().startswith(name + ":"))


def says(status: str, *headers: str, body: bytes = b"") -> Answering:
    """An answer in one go."""

    def answering(connection: socket.socket) -> None:
        lines = [f"HTTP/1.1 {status}", f"content-length: {len(body)}", *headers, "", ""]
        connection.sendall("\r\n".join(lines).encode() + body)

    return answering


@contextmanager
def receiving(*answers: Answering, wrap: Callable[[socket.socket], socket.socket] = lambda s: s) -> Iterator[Receiver]:
    """A receiver that answers its n-th caller with the n-th answer, and with the last from then on."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.settimeout(0.1)
        receiver = Receiver(f"http://127.0.0.1:{listening.getsockname()[1]}/hook")
        over = threading.Event()
        thread = threading.Thread(target=_serve, args=(listening, receiver, answers, over, wrap))
        thread.start()
        try:
            yield receiver
        finally:
            over.set()
            thread.join()


def _serve(
    listening: socket.socket,
    receiver: Receiver,
    answers: tuple[Answering, ...],
    over: threading.Event,
    wrap: Callable[[socket.socket], socket.socket],
) -> None:
    while not over.is_set():
        try:
            connection, _ = listening.accept()
        except TimeoutError:
            continue
        with connection:
            connection.settimeout(5)
            try:
                with wrap(connection) as spoken:
                    _read(spoken, receiver)
                    answers[min(len(receiver.heads), len(answers)) - 1](spoken)
            except OSError:  # the caller has had enough
                continue


def _read(connection: socket.socket, receiver: Receiver) -> None:
    read = b""
    while b"\r\n\r\n" not in read:
        read += _some(connection)
    head, _, body = read.partition(b"\r\n\r\n")
    length = next(line for line in head.lower().splitlines() if line.startswith(b"content-length:"))
    while len(body) < int(length.partition(b":")[2]):
        body += _some(connection)
    receiver.heads.append(head.decode())
    receiver.bodies.append(body)


def _some(connection: socket.socket) -> bytes:
    if part := connection.recv(65536):
        return part
    raise ConnectionError("the caller has gone")
