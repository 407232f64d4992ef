"""The pages of the registers: outgoing, incoming, numbers, urging letters."""
