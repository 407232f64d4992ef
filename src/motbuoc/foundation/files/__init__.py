"""Files people bring: checked at the door, kept outside anything served, handed out only by a page that asks."""
