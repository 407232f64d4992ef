"""The command line: `motbuoc serve`, `motbuoc history verify`, `motbuoc backup`, `motbuoc restore`."""
