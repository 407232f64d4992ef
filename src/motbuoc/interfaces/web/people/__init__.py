"""The pages of people: who holds which position, who may sign in, who stands in for whom."""
