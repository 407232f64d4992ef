"""The accepted facts, added up over the tree and over time: written once, run by whatever engine holds them.

Fact: one accepted figure of a unit (`shapes.FACTS`). Tree: the units as of the cut-off day, each with its level.
Total: what a unit and all below it have of an indicator. Snapshot: the facts of a period as a file that is never
changed. Manifest: which snapshots are the ledger now.

Nothing here knows Django. Importing the engines takes about a second, so pages import these modules where they
need them and not when the server starts.
"""
