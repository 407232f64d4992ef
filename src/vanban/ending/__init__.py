"""The end of a document: where it begins, who signs, who gets it, and what stands behind it."""
