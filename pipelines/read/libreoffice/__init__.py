"""LibreOffice as a converter: where it is (`find`), one warm process of it a worker (`converter`), and what runs in that
process (`host`). Nothing here knows of documents or reports.
"""
