"""`motbuoc account`."""

from motbuoc.interfaces.cli.account import Command

__all__ = ["Command"]
