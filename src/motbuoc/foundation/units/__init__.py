"""The dated tree of units.

Unit: a permanent identity. Version: what it was called, what kind it was and under whom, for a span of days.
Closure: who stood above whom, and when. Selections of units for an addressee resolve on a day.
"""
