-- Whether nothing speaks against a number; null without a grade.
create macro is_sound(grade) as grade in ('verified', 'unverified', 'corrected')
