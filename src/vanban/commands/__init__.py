"""What each command of the command line does; `vanban.cli` puts them together."""
