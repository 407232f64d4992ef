"""The ground floor: units over time, the people who act for them, what they may do, and what was done."""
