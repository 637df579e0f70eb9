"""How a grade looks on the terminal."""

#: Contradicted and conflicting numbers must catch the eye.
STYLES = {"verified": "", "unverified": "dim", "contradicted": "bold red", "conflicting": "bold magenta"}
