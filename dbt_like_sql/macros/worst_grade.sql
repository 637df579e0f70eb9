-- The worst of several grades, nulls left out; an aggregate. A macro takes no `filter`: give null for what does not count.
-- A correction shows in all that it goes into, so it stands before what is only unverified.
create macro worst_grade(grade) as
    arg_min(grade, list_position(['conflicting', 'contradicted', 'corrected', 'unverified', 'verified'], grade))
