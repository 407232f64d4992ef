"""Who may do what, where: grants of roles on units, and the one policy that answers from them.

Role: a set of actions (`roles.py`). Grant: a person has a role on a unit for a span of days; it reaches the
unit's subtree. Policy: may this person do it at all, on this unit, on which units, and who may do it here.
"""
