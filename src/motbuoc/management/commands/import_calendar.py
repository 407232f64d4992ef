"""`motbuoc import-calendar`."""

from motbuoc.interfaces.cli.workdays import Command

__all__ = ["Command"]
