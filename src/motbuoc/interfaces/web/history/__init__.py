"""The pages of the history: the list, its export, and the root to be kept outside."""
