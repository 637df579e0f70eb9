"""Work in processes that can be killed, in passes with the tools that a document needs."""
