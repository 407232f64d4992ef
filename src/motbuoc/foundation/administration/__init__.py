"""Looking after people and rights: who holds which position, who stands in for whom, who may do what.

Appointment: a position held for a term. Stand-in: somebody acts for its holder. Grant: a role on a unit.
Whoever gives rights cannot give them to themselves, and none that reach beyond where they may give them.
"""
