"""An invented province to try the product on: its units, its people, its directive, eight months of its work."""
