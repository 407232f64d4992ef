"""Whole installations in processes and databases of their own, run as an office runs them."""
