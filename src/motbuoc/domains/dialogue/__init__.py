"""Dialogues: the head of a unit meets its people; they are asked, answered, and told what became of it.

Rule: how often a kind of unit holds a dialogue, how long before it announces it, when it answers and publishes.
Dialogue: one meeting, from its plan to its published result. Question: what somebody asks before, at or after it,
answered on the spot, in writing or raised to the level above; whoever asked follows it by a receipt, unnamed.
Commitment: what the head promised there: a clause of the conclusion, and so an assignment like any other.
"""
