"""Papers handed out: Word files built from what selectors and composers give."""
