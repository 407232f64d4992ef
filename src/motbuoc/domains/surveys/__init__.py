"""Surveys: a unit asks many people the same questions, counts what they answer, and shows no small group.

Survey: the questions with why they are asked, from draft to published results. Question: one of them, shown to all
or only to whoever answered an earlier one in some way. Sheet: what one person answered; while the survey is open
it lies sealed and nobody can read it. Token: a code good for one sheet, which nothing ties to it. Result: what the
sheets come to, worked out once when the survey is closed; then the sheets are destroyed.
"""
