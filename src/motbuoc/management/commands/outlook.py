"""`motbuoc outlook`."""

from motbuoc.interfaces.cli.outlook import Command

__all__ = ["Command"]
