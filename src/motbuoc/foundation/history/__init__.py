"""The one history: every write leaves one line, chained by digest to the line before, never changed or removed."""
