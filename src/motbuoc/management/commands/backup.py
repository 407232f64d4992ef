"""`motbuoc backup`."""

from motbuoc.interfaces.cli.backup import Command

__all__ = ["Command"]
