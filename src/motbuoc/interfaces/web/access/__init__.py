"""The pages of rights: who may do what here and why, and who has looked as an inspector."""
