"""Telling people what needs them, in time and once.

Five words: a *notice* is for one person, about one object; a *ladder* says as data who is told how long before or
after a day; a *digest* gathers a person's notices of a day into one message; a *delivery* is such a message on its
way through a *channel* (mail, push, webhook), and stays in the outbox until it has arrived or is given up.

The room knows nothing of the work it tells of: each practice finds what is due (`work.reminding`) and declares how
its objects are told to a person who may see them (`telling`). Nobody sends anything on their own.
"""
