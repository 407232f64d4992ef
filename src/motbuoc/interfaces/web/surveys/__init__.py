"""The pages of surveys: for whoever builds and holds them, and for whoever answers."""
