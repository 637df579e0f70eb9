-- grain: one path of dispute of one report
-- purpose: reconsiderations and lawsuits over information disclosure, by result, with the shares corrected and pending
-- do not assume: that a null is a zero, that a report without a row had no disputes, or that counts of form 2014, which
--   has no line for pending cases, are those of later forms
-- unit: report
with
told as (
    select
        *,
        split_part(measure, '_', 1) as dispute_path,
        if(contains(measure, '_'), substring(measure, length(dispute_path) + 2), 'total') as kind
    from measures_by_report
    where split_part(measure, '_', 1) in ('reconsiderations', 'lawsuits')
),

-- What a form does not ask for makes the rest no less comparable.
paths as (
    select
        report_id,
        report_year,
        body_id,
        body_name,
        form,
        max(scope) as scope,
        dispute_path,
        max(value) filter (where kind = 'total') as total,
        max(value) filter (where kind = 'decided') as decided,
        max(value) filter (where kind = 'upheld') as upheld,
        max(value) filter (where kind = 'corrected') as corrected,
        max(value) filter (where kind = 'other') as other,
        max(value) filter (where kind = 'pending') as pending,
        max(value) filter (where kind = 'correction_share') as correction_share,
        max(numerator) filter (where kind = 'correction_share') as correction_share_numerator,
        max(denominator) filter (where kind = 'correction_share') as correction_share_denominator,
        max(interval_low) filter (where kind = 'correction_share') as correction_share_low,
        max(interval_high) filter (where kind = 'correction_share') as correction_share_high,
        max(value) filter (where kind = 'pending_share') as pending_share,
        max(numerator) filter (where kind = 'pending_share') as pending_share_numerator,
        max(denominator) filter (where kind = 'pending_share') as pending_share_denominator,
        max(interval_low) filter (where kind = 'pending_share') as pending_share_low,
        max(interval_high) filter (where kind = 'pending_share') as pending_share_high,
        worst_comparability(if(value is not null, comparability, null)) as comparability,
        worst_grade(if(value is not null, grade, null)) as grade
    from told
    where kind in ('total', 'decided', 'upheld', 'corrected', 'other', 'pending', 'correction_share', 'pending_share')
    group by report_id, report_year, body_id, body_name, form, dispute_path
)

select
    report_id,
    report_year,
    body_id,
    body_name,
    form,
    scope,
    dispute_path,
    total as case_count,
    decided as decided_count,
    upheld as upheld_count,
    corrected as corrected_count,
    other as other_count,
    pending as pending_count,
    correction_share,
    correction_share_numerator,
    correction_share_denominator,
    correction_share_low,
    correction_share_high,
    pending_share,
    pending_share_numerator,
    pending_share_denominator,
    pending_share_low,
    pending_share_high,
    comparability,
    grade
from paths
where coalesce(total, decided, upheld, corrected, other, pending) is not null
order by report_id, dispute_path
