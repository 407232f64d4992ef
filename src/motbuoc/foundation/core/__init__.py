"""What every table and service shares: spans of time, refusals in plain words, versions that notice collisions."""
