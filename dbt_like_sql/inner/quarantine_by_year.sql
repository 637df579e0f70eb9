-- grain: one report year, or none where it could not be told
-- purpose: how many documents were turned away
-- do not assume: that such a document says of which body it is: it says at most its year
-- unit: whole
select report_year, count(distinct document_sha256) as document_count
from quarantine
group by report_year
