"""A Spark cluster on this machine: a master and workers, each a process group of its own that can be killed."""

import os
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

WAIT = 120.0


def waited_for(what: Callable[[], bool], seconds: float = WAIT) -> None:
    """Wait until something is so."""
    until = time.monotonic() + seconds
    while not what():
        if time.monotonic() > until:
            raise TimeoutError
        time.sleep(0.05)


def processes() -> Iterator[tuple[int, int, str]]:
    """Give the number, the session and the command of every process."""
    for folder in Path("/proc").iterdir():
        with suppress(OSError, ValueError):
            command = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
            yield int(folder.name), os.getsid(int(folder.name)), command


@dataclass
class Node:
    """One machine of the cluster: a worker, and whatever it starts."""

    process: "subprocess.Popen[bytes]"

    def kill(self, of_command: str = "") -> int:
        """Kill what runs here, or only what has this in its command; how many there were."""
        found = [pid for pid, session, command in processes() if session == self.process.pid and of_command in command]
        for pid in found:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        return len(found)


@dataclass
class Cluster:
    """The address of the master, and the machines."""

    master: str
    nodes: list[Node] = field(default_factory=list)


def _spark(log: Path, *command: str) -> "subprocess.Popen[bytes]":
    import pyspark

    program = str(Path(pyspark.__file__).parent / "bin" / "spark-class")
    with log.open("wb") as file:
        return subprocess.Popen([program, *command], stdout=file, stderr=file, start_new_session=True)


@contextmanager
def cluster(folder: Path, machines: int, memory: str = "600m") -> Iterator[Cluster]:
    """Start a master and so many machines of one core and so much memory each; nothing of them is left at the end."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    found, log = Cluster(f"spark://127.0.0.1:{port}"), folder / "master.log"
    where = ("--host", "127.0.0.1", "--webui-port", "0")
    master = Node(_spark(log, "org.apache.spark.deploy.master.Master", *where, "--port", str(port)))
    try:
        for number in range(machines):
            own = ("--cores", "1", "--memory", memory, "--work-dir", str(folder / f"work-{number}"))
            command = ("org.apache.spark.deploy.worker.Worker", *where, *own, found.master)
            found.nodes.append(Node(_spark(folder / f"worker-{number}.log", *command)))
        waited_for(lambda: log.read_text().count("Registering worker") == machines)
        yield found
    finally:
        for node in [*found.nodes, master]:
            node.kill()
            node.process.wait()
