"""`motbuoc setup`."""

from motbuoc.interfaces.cli.setup import Command

__all__ = ["Command"]
