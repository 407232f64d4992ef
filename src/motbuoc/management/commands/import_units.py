"""`motbuoc import-units`."""

from motbuoc.interfaces.cli.workbook import Import as Command

__all__ = ["Command"]
