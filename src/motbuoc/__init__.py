"""The platform: the one Django app. `interfaces` stand on `domains`, `domains` on `foundation`."""
