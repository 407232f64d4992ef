"""The hands of `vanban.write`: one module for each part of the sheet, from the letterhead down to the annexes."""
