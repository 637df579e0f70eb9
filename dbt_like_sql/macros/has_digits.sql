-- Whether a printed cell holds a digit, of either width.
create macro has_digits(raw) as regexp_matches(raw, '[0-9０-９]')
