"""Pages of the ledger: what is asked of units, what they reported, what it adds up to."""
