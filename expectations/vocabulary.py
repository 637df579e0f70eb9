"""The closed lists of words that several tables share. They never change meaning; adding one is a minor version."""

FORMS = ("2014", "2019", "2021", "none")
#: The statutory tables of the forms, by the codes of `data/forms`.
FORM_TABLES = ("proactive", "requests", "disputes", "statistics")
GRADES = ("verified", "unverified", "contradicted", "conflicting", "corrected")
OUTCOMES = ("holds", "fails", "not_testable")
CHECK_KINDS = ("identity", "structure", "prose", "identification", "documents", "corrections", "years", "hierarchy")
#: Comparisons between reports: what is only implausible is `flagged`, with the evidence, and is no error.
COMPARISON_OUTCOMES = (*OUTCOMES, "flagged")
#: By which of the rules of `pipelines.tabulate.reconcile`, in their order, one document stands before another.
REVISION_RULES = (
    "has_facts",
    "text_before_ocr",
    "most_cells",
    "fetched_last",
    "published_last",
    "most_facts",
    "smallest_hash",
)
#: What tells whose report of which year it is, the most certain first.
IDENTITY_FROM = (
    "title",  # the title of the document or its page
    "first_sentence",  # a sentence of the opening that gives the report
    "period",  # the period of the statistics, for the year alone
    "signature",  # the organ that signs, for the body alone
    "field",  # a field of the page: 发布机构
    "line",  # a line near the title that names an organ
    "text",  # another sentence of the text
    "source",  # the register of sources, or the page that links the document; the document itself is silent
)
BODY_FROM = tuple(word for word in IDENTITY_FROM if word != "period")
YEAR_FROM = ("title", "first_sentence", "period", "text", "source")
SCOPES = ("territory", "own_level", "organ", "not_stated")
#: What told a report's scope: a sentence on what the statistics cover, a count of requests, the kind of body alone, nothing.
SCOPE_FROM = ("coverage", "count", "body_kind", "none")
LEVELS = ("state", "province", "prefecture", "county", "township", "unresolved")
BODY_KINDS = ("government", "government_office", "department", "township", "development_zone", "unresolved")
#: What became of a division that is no longer in the tree under its name.
DIVISION_CHANGES = ("renamed", "moved", "merged", "abolished")
#: How well an organ's tasks under a name of some era are the function of `data/functions.yaml`.
FUNCTION_FITS = ("exact", "approximate")
#: Whom an organ answers to: its government, that and the organ above, or a system of its own.
ACCOUNTABILITIES = ("local", "dual", "vertical")
# fmt: off
#: `doc` is Word's older format and that of WPS; `mhtml` a web page saved in one file; `ofd` the Chinese fixed-layout format.
FORMATS = (
    "html", "mhtml", "text", "pdf", "ofd", "docx", "doc", "odt", "rtf", "xlsx", "xls", "ods", "zip", "image", "empty",
    "unknown",
)
# fmt: on
STAGES = ("raw", "read", "parse", "parsed_gate", "warehouse_gate", "release_gate")
READ_BY = ("text", "ocr")
#: The indicator of a figure whose statement the dictionary does not know.
UNMAPPED = "unmapped"
#: What a figure of the narrative says of its indicator: the quantity, its share of a whole, its change, a rank.
ASPECTS = ("amount", "share", "change", "rank")
CHANGE_KINDS = ("increase", "decrease")
CHANGE_BASES = ("previous_year", "previous_period", "other_year", "not_stated")
#: Whom a figure speaks for: the whole territory (全市), the level's own organs (市本级), the reporting organ (本机关).
FIGURE_SCOPES = ("territory", "own_level", "organ", "not_stated")
FIGURE_GRADES = ("verified", "unverified", "contradicted", "corrected")
#: What a line of `data/corrections.csv` puts right.
CORRECTION_KINDS = ("cell", "figure")
#: What became of such a line.
CORRECTION_STATES = (
    "applied",  # the corrected number is the value of its fact or figure
    "document_gone",  # no document of that hash is in the dataset: it vanished, changed, or was turned away
    "not_standing",  # the document is there, and another one stands for its report
    "no_such_cell",  # the document has no such cell, or no such figure
    "printed_differs",  # the place now reads otherwise than the line says is printed
    "ambiguous",  # several figures are what the line describes
)
#: How far what a form offers is the measure as it is defined.
COMPARABILITIES = ("exact", "approximate", "not_collected")
#: What a measure of a report was made of; `mixed` is a quotient of both.
MEASURE_BASES = ("facts", "figures", "mixed", "none")
#: Whether a measure of a report has a value, and if not why.
MEASURE_STATES = (
    "absent",  # the report has none of its cells, or its narrative does not say it
    "stated",  # it has a value
    "not_collected",  # the form does not ask for it and no indicator of the narrative means the same
    "part_missing",  # some of its cells are not in the report
    "blank",  # all of its cells are blank
    "illegible",  # a cell holds digits that are no number
    "unit_unknown",  # the printed unit cannot be converted
    "other_scope",  # the narrative says it for others than the report speaks for, or as a range
    "doubtful",  # a quotient of what is contradicted, or a share beyond 0 to 1
    "no_denominator",  # a quotient by zero
    "not_applicable",  # the body cannot have any: only some governments make 规章
)
#: Why a value of a measure is not ranked.
UNRANKED_REASONS = (
    "no_value",  # there is none
    "doubtful",  # it is contradicted or conflicting
    "narrative",  # figures of the narrative count what each report likes to count
    "too_few",  # its denominator is below `measures.least_denominator`
    "not_main",  # bodies are not ranked by the measure, or not for that year
)
#: Why a value does not continue the one of the year before.
BREAKS = (
    "first_report",  # the body has no earlier report
    "year_missing",  # its report of the year before is missing
    "scope_differs",  # that report speaks for others
    "not_stated_before",  # that report does not state the measure
    "form_differs",  # that report counts something else (`form_breaks` says what)
    "law_changed",  # the law changed in between or in one of the two years (`legal_breaks` says how)
    "statement_differs",  # its narrative makes another statement: for others, or a part
    "territory_differs",  # the government's territory changed
    "doubtful",  # one of the two is contradicted or conflicting
)
#: What a change in law does to a series: it ends there, or goes on and the change is told beside it.
LEGAL_KINDS = ("break", "note")
#: Why a report is not ranked in a field.
UNRANKED = (
    *UNRANKED_REASONS,
    "vertical_system",  # the organ belongs to a vertical system (海关, 税务), to no level and no province
    "body_unknown",  # its level or kind is not known
    "function_unknown",  # the function of the department is not known
    "scope_not_stated",  # nobody can tell whom it speaks for
    "other_report",  # another report of the same government stands for it
    "other_scope_of_value",  # the value speaks for others than the report
    "field_small",  # fewer than five take part
)
#: What a due date rests on: a law, or what we take a law to mean for those that it does not name.
DUE_BASES = ("statute", "our_reading")
#: How a printed date of publication stands to the due date.
TIMINGS = (
    "by_due_date",  # on the day that the statute names, or before
    "after_due_date",  # after it
    "not_said",  # the day is our reading, which says neither
    "date_unknown",  # no date is printed, or one before the year was over
)
#: Themes of problems and commitments, defined in `data/problem_themes.yaml`.
THEMES = (
    "awareness",
    "proactive_scope",
    "interpretation",
    "request_handling",
    "platform",
    "new_media",
    "staff_and_training",
    "supervision",
    "data_quality",
    "participation",
    "information_management",
    "uneven_development",
    "dispute_resolution",
    "secrecy_and_privacy",
    "other",
)
#: The fields of 国办公开办函〔2021〕30号 一（一）, and what belongs to none.
THEME_GROUPS = (
    "proactive_field",
    "request_field",
    "management_field",
    "platform_field",
    "support_field",
    "no_field",
)
#: What an address is asked for as.
FETCH_KINDS = ("robots", "list", "report", "attachment")
#: What came of asking for an address.
FETCH_OUTCOMES = ("new", "changed", "unchanged", "vanished", "redirected", "refused", "failed")
