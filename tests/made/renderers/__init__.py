"""One content, every file format: a sample report rendered as HTML, DOCX, XLSX, text, PDF and pictures of pages.

Belongs here: `content` (a report as blocks, whatever file it came from) and one module a format that turns content into
bytes. Does not belong here: anything that reads files again (`tests.test_round_trip`), hostile files (`tests.made.hostile`).
Rendering is a pure function: the same content gives the same bytes.
"""
