"""The doors: pages, commands, background jobs, and the papers they hand out."""
