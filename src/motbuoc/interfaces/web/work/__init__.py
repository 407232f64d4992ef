"""The pages of the tracker: today, the inbox, an assignment, directives and their boards."""
