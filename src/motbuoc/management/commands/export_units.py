"""`motbuoc export-units`."""

from motbuoc.interfaces.cli.workbook import Export as Command

__all__ = ["Command"]
