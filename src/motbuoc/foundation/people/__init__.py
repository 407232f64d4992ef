"""People: who they are, how they sign in, and the positions they hold in units, with terms."""
