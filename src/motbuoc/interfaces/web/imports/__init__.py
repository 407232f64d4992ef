"""Pages of the workbook: fetch it, send it back, look at what it would change, confirm that."""
