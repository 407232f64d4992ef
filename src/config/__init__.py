"""How one installation is set up: its environment, its Django settings, its URL table."""
