"""Tells what was fetched or given, kept once under the hash of its bytes and never changed: store, WARC, containers."""
