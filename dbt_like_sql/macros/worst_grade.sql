-- The worst of several grades, nulls left out; an aggregate. A macro takes no `filter`: give null for what does not count.
create macro worst_grade(grade) as
    arg_min(grade, list_position(['conflicting', 'contradicted', 'unverified', 'verified'], grade))
