"""Pages of consultations: the holder's, those of units that are asked, and the public one."""
