"""An object store on this machine, for the tests that keep files in one."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import boto3
from moto.server import ThreadedMotoServer

ACCESS_KEY, SECRET_KEY = "khoa", "bi-mat"


@dataclass(frozen=True)
class RunningStore:
    """A bucket in a running store; `files_url` is the setting that keeps files in it."""

    client: Any
    bucket: str
    files_url: str

    def names(self) -> set[str]:
        """The names of its objects."""
        return {one["Key"] for one in self.client.list_objects_v2(Bucket=self.bucket).get("Contents", [])}


@contextmanager
def running_store() -> Iterator[RunningStore]:
    """Runs while the block does."""
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    address, bucket = f"http://{host}:{port}", f"giay-to-{uuid4().hex}"
    client = boto3.client(
        "s3",
        endpoint_url=address,
        region_name="vn-1",
        aws_access_key_id=ACCESS_KEY,
        aws_secret_access_key=SECRET_KEY,
    )
    client.create_bucket(Bucket=bucket, CreateBucketConfiguration={"LocationConstraint": "vn-1"})
    yield RunningStore(client, bucket, f"s3://{bucket}/mot/buoc?endpoint={address}&region=vn-1")
    client.close()
    server.stop()
