"""The pages of reports: asking for one, its web preview, and the threads from its words to their sources."""
