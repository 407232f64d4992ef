"""The pages of inspections of work: plans and their samples, visits, findings, comments, conclusions."""
