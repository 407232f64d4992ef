"""Backups: the whole installation in one archive, written while people work, and put back into an empty one.

`archive` is the form of the file, `encryption` its lock, `sqlite` and `postgresql` copy a database and put a copy
back, `writing` and `restoring` are the two ways. The commands are `motbuoc backup` and `motbuoc restore`.
"""
