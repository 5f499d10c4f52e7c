"""Which columns travel: each is written on one side only."""

MATTER = tuple(
    "number year serial title regime state content method purpose basis least_evidence end_on "
    "stages urgent urgent_amount urgent_unit urgent_basis shares_reports origin_kind origin_title "
    "origin_reference origin_quote report_to copy_to created_at registered_at assigned_at ended_at "
    "stopped_at".split()
)
SHARE = tuple("part task stages state courteous assigned_at returns ended_at stopped_at".split())
DUTY = tuple(
    "rule_code period kind title_zh title_en content reports_to legal_basis deadline anchor "
    "trigger_at due_at original_due_at warn_at hourly provisional trace state redo_due_at "
    "submitted_at late_amount late_unit late_reason".split()
)
REVIEW = tuple(
    "verdict reason redo_due_at evidence_proposed evidence evidence_note reviewer_name "
    "reviewed_at".split()
)
EXTENSION = ("state", "granted_at", "remark", "decided_by_name", "decided_at")
OBJECTION = ("state", "answer", "answered_by_name", "answered_at")
STOP = tuple(
    "state reason asked_by_name asked_by_unit asked_at decided_by_name decided_at answer "
    "stopped_at resumed_at resumed_by_name resumed_why".split()
)
CLOSURE = tuple(
    "round result summary effect effect_name effect_value effect_measure promised_on "
    "concluded_by_name concluded_at".split()
)
REOPENING = ("reason", "due_on", "reopened_by_name", "reopened_at")
REVOCATION = ("reason", "revoked_by_name", "revoked_at")
FIGURE = ("place", "name", "measure", "target")
SETTINGS = (
    "unsigned_workdays",
    "objection_workdays",
    "warning_workdays",
    "redo_workdays",
    "principal_signs",
)
URGE = (
    *("tone", "colour", "text", "made_by_name", "made_at", "week_on", "sent_at"),
    "by_exception",
)
SETTLEMENT = tuple("rule fact fact_id outcome why words acted_by_name acted_at settled_at".split())
REPORT = tuple(
    "progress state_change problems next_steps summary percent hours late_reason "
    "signed_by_principal final correction_reason round written_by_name".split()
)
ROW = ("unit_name", "name", "value", "measure", "approved_by_name", "approved_at")
