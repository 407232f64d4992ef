"""Pages of documents: bring one in, look through what was read, settle it, issue it, read it."""
