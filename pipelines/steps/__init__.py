"""Tells what steps of a build leave for one another: stamps, fingerprints of the program, and the page of a gate."""
