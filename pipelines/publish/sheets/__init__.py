"""The comparison datasets for people with a spreadsheet: CSV (`csv_files`) and XLSX (`workbook`), from one query each.

Belongs here: how a cell is written so that Excel shows it right and runs nothing. Does not belong here: any number, or
what a column means (`expectations`).
"""
