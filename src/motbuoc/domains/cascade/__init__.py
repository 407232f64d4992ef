"""How a directive comes down: studied, localised into the plans of units, issued below, and compared from above.

Localisation: that a unit's own document (its plan) carries out a directive it received. Item link: which item of
the plan carries out which item of the directive. Descent: how far a directive has come down. Comparison: the
plans of units, item by item. Dissemination: study sessions, their attendances and the share of those due.
"""
