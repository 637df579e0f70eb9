-- Digits that could not be read as a number are no blank: what is there is not known.
create macro is_illegible(value, raw) as value is null and has_digits(raw)
