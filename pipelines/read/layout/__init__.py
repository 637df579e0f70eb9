"""Pages of glyphs and ruling lines → blocks: the geometry that PDFs and scans have in common.

Belongs here: grids from rules, paragraphs from lines, what runs over page breaks. Does not belong here: how a page was
read (`pipelines.read.pdf`, `pipelines.read.ocr`), what a table says (`pipelines.parse`).
"""
