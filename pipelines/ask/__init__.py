"""Questions to what was built: where the newest data lies, the chain behind a number, two bodies side by side."""
