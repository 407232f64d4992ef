"""The tracker: every promise followed to its end.

Assignment: a duty given to a unit. Entry: what somebody said at a step of it. Evidence: a file that shows it.
Standing: how an assignment stands today, computed from its state and its dates. Board: provisions by units.
"""
