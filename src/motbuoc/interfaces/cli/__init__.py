"""The command line: `motbuoc serve`, `backup`, `restore`, `history seal|verify|root|proof|export|retain`."""
