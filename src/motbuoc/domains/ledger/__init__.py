"""The ledger: every number a unit reports, asked for by forms, kept as dated facts, rolled up the tree.

Its words: an *indicator* is what is counted; a *form* asks for indicators and for words; a *schedule* says which
units fill which form how often; a *submission* is one unit's filled form for one period; a *fact* is a figure
that was accepted, true from one moment to another. What is expected of a unit is an assignment of the one tracker,
so inbox, reminders, return and opening again are the tracker's.
"""
