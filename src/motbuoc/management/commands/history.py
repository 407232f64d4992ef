"""`motbuoc history`."""

from motbuoc.interfaces.cli.history import Command

__all__ = ["Command"]
