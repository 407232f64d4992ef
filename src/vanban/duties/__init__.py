"""What a document asks of whom by when."""

from vanban.duties.finding import find_duties

__all__ = ["find_duties"]
