"""From bytes that a government's site sent to what is to be fetched next: lists, their next pages, reports.

Belongs here: pure functions of bytes, addresses and titles. Does not belong here: fetching, waiting, keeping, and what
a report says (`pipelines.parse`).
"""
