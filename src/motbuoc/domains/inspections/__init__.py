"""Inspections of work: a unit goes to another and looks whether what was asked is done.

CheckPlan: what is inspected in a year, in how many units. Chosen: a unit of its sample, with the reasons in words.
Visit: the inspection of one unit, from its day to its conclusion. CheckItem: an assignment looked at there.
Finding: what was found, with evidence and what has to be mended. Its remedies are assignments of the conclusion, a
document like any other. Not to be confused with the window of an inspector, a right to look at pages, and the
looks through it (`foundation.administration.inspections`).
"""
