"""The whole tree and its people as the rows of a workbook, and those rows as a plan of acts.

Row: what one line of a sheet says. Problem: what is wrong in a cell, and what to do. Known: what the installation
holds on the day. Plan: what the rows would change, previewed and then done exactly so. Nothing here opens a file.
"""
