"""`motbuoc receive-mail`."""

from motbuoc.interfaces.cli.receive_mail import Command

__all__ = ["Command"]
