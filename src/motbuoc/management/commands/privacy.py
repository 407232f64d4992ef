"""`motbuoc privacy`."""

from motbuoc.interfaces.cli.privacy import Command

__all__ = ["Command"]
