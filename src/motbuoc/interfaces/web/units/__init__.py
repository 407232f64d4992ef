"""Pages of the tree of units: looking, comparing, reorganising, groups."""
