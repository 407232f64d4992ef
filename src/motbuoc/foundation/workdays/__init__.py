"""Working days: a dated calendar, and how a day of a deadline is counted over it.

Six words: a *calendar day* is one that is not what its weekday says; a *year* is *confirmed* when somebody has
saved its days, until then what `proposed.py` says of it holds; a *plan* is what a year would be; a *change* is a
plan that was carried out; a *rule* says how a day is counted from a start; an *explanation* is the counting, day
by day, from which the day itself is read.
"""
