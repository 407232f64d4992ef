"""The references the pages are measured against: a bare Django page and Django's own admin, on the same server."""
