"""A server on this machine that speaks S3, and buckets in it."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import boto3

#: What reaches a bucket of the stand-in: a region, a key and a secret that it does not look at.
ACCOUNT = {"region": "us-east-1", "key": "k", "secret": "s"}


@contextmanager
def served() -> Iterator[str]:
    """Run the stand-in for as long as the block runs; give its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-W", "ignore", "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)]
    quiet = subprocess.DEVNULL
    process = subprocess.Popen(command, stdout=quiet, stderr=quiet, env=os.environ | {"PYTHONWARNINGS": "ignore"})
    try:
        _wait(port, process)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait()


def _wait(port: int, process: "subprocess.Popen[bytes]") -> None:
    for _ in range(600):
        with socket.socket() as trying:
            if trying.connect_ex(("127.0.0.1", port)) == 0:
                return
        assert process.poll() is None, "the stand-in did not start"
        time.sleep(0.1)
    raise AssertionError("the stand-in does not answer")


def client_of(endpoint: str) -> Any:
    """Give a client that sees what lies in the buckets."""
    said = {"endpoint_url": endpoint, "region_name": ACCOUNT["region"]}
    return boto3.client("s3", **said, aws_access_key_id=ACCOUNT["key"], aws_secret_access_key=ACCOUNT["secret"])


def new_bucket(client: Any) -> str:
    """Make an empty bucket and give its name."""
    name = f"files-{time.monotonic_ns()}"
    client.create_bucket(Bucket=name)
    return name


def held(client: Any, bucket: str) -> dict[str, bytes]:
    """Give everything in a bucket by its key."""
    keys = [found["Key"] for found in client.list_objects_v2(Bucket=bucket).get("Contents", [])]
    return {key: client.get_object(Bucket=bucket, Key=key)["Body"].read() for key in keys}
