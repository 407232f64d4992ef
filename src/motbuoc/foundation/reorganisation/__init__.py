"""Every act on the tree of units, with what it hands over.

Reorganisation: one act, dated, with its legal basis. Lineage: from which unit to which, with the share of figures.
Holding: something units hold and hand over, declared by whoever keeps it. Preview: the act done and taken back.
"""
