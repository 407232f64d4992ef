"""The pages of dialogues: for whoever holds them, and for whoever asks."""
