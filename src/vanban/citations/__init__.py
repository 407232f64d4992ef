"""Documents that a text points at: by number, in lists, by name, again in short, or itself."""

from vanban.citations.numbered import find_citations

__all__ = ["find_citations"]
