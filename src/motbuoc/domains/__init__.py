"""What the work is about: documents, the work they ask for, and the reports on it."""
