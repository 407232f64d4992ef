"""The page that shows every component, for those who build pages."""
