"""Consultations: a draft is laid before units and people, provision by provision; what they say is grouped, each
group gets one answer with its reason, and nothing is left without one.

Beside surveys, on listening: who comments is nobody to it, but a unit that replies in its own name.
"""
