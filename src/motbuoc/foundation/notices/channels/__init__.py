"""The ways out of the house, each in its own module; none decides what is told to whom."""
