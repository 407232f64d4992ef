"""`motbuoc serve`."""

from motbuoc.interfaces.cli.serve import Command

__all__ = ["Command"]
