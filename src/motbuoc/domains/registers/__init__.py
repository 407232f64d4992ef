"""Registers: what a unit sends out and what comes in, each under a number that is given once.

Series: numbers of one book of a unit that begin anew with a term or a year. Number: one of them, used, kept free
or cancelled, and never taken away. Outgoing: a document from its draft to its sending. Incoming: a line of the
incoming book, with the head's routing notes. Urging: that a letter urged a unit to do what it owes.
"""
