"""Where Django looks for commands; each is defined in `interfaces.cli`."""
