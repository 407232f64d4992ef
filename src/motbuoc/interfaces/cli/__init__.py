"""The command line: `motbuoc serve`, `motbuoc history verify`."""
