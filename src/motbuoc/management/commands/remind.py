"""`motbuoc remind`."""

from motbuoc.interfaces.cli.remind import Command

__all__ = ["Command"]
