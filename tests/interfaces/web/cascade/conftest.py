"""The base unit of the domain's tests, in the browser."""

from __future__ import annotations

from tests.domains.cascade.conftest import base

__all__ = ["base"]
