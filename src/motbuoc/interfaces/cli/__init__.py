"""The command line: `motbuoc serve`, `motbuoc history seal|verify|root|proof|export|retain`."""
