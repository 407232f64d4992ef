"""Pages of notices: what one was told, how one wants to be told, the ladder and the outbox."""
