"""`motbuoc call`."""

from motbuoc.interfaces.cli.call import Command

__all__ = ["Command"]
