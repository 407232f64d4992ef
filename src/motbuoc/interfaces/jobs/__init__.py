"""Background work: what takes longer than a page should. Each job runs in the name of the person who asked."""
