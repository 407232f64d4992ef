"""`motbuoc restore`."""

from motbuoc.interfaces.cli.restore import Command

__all__ = ["Command"]
