"""Kept files in an S3-compatible object store, for an installation that sets `files_url` (the extra `s3`)."""

from __future__ import annotations

from typing import Any

from botocore.config import Config
from storages.backends.s3 import S3Storage


class ObjectStore(S3Storage):  # type: ignore[misc]  # the library has no types
    """Private objects without addresses: a file leaves only through a page that asks the policy."""

    def get_default_settings(self) -> dict[str, Any]:
        """No public objects, no overwriting, and large files on disk instead of in memory."""
        defaults: dict[str, Any] = super().get_default_settings()
        return defaults | {
            "default_acl": None,  # what the bucket says, which is private unless somebody opened it
            "file_overwrite": False,
            "client_config": Config(
                signature_version="s3v4",
                s3={"addressing_style": "path"},  # a bucket needs no host name of its own
                request_checksum_calculation="when_required",  # newer checksums are unknown to many stores
                response_checksum_validation="when_required",
            ),
            "max_memory_size": 2_500_000,
        }

    def url(self, *arguments: Any, **options: Any) -> str:
        """Raises ValueError: there are no addresses that pass the policy by."""
        raise ValueError("Kept files have no addresses.")
