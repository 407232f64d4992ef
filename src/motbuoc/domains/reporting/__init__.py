"""Reports: assembled from the records, never typed.

Report: what was true of a directive on a day, frozen. Section: what is said of one provision. Sentence: words with
the assignments they rest on. Annex: the table of units by provisions.
"""
