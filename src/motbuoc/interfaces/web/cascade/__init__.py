"""The pages of the cascade: localising a directive, how far it has come down, comparing plans, dissemination."""
