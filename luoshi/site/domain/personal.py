"""The register of personal information (row 23; GB/T 22239 4.11; GB/T 35273 5.2, 6.1-6.3; the law
on state organs' handling of personal information): every field that names or describes a person.

A model field that holds text or points to an account and stands neither here nor in `OTHER` fails
the test; so does a line without a field.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Personal:
    """Why a field is kept, on which basis, how long, and who sees it."""

    purpose: str
    basis: str
    kept: str
    shown: str


DUTY = "履行法定职责所必需（个人信息保护法第三十四条）"
LEVEL = "GB/T 22239-2019 8.1.4.1"
WORK = Personal("落实办理责任", DUTY, "与事项同期保存", "事项可见范围内人员")
ACCOUNT = Personal("一人一号", LEVEL, "账号存续期", "管理员；办理页面仅显示姓名")
SECRET = Personal("鉴别身份", LEVEL, "账号存续期", "不显示")
SESSION = Personal("会话管理", LEVEL, "会话存续期", "本人")
TRAIL = Personal("安全审计", "GB/T 22239-2019 8.1.4.3", "长期；姓名可删除", "审计管理员")
TEXT = Personal("公文原文，可能含姓名", DUTY, "与事项同期保存", "事项可见范围内人员")

PERSONAL: dict[Personal, dict[str, str]] = {
    WORK: {
        "bulletins.bulletin": "frozen_by_name",
        "meetings.sourcedocument": "uploaded_by_name",
        "meetings.draftitem": "decided_by_name",
        "meetings.numberedpoint": "waived_by_name",
        "matters.matter": "instructed_by created_by",
        "matters.closure": "concluded_by concluded_by_name",
        "matters.revocation": "revoked_by_name",
        "matters.assignment": "signed_by_name",
        "matters.report": "signed_by_principal written_by written_by_name",
        "matters.review": "reviewer reviewer_name",
        "matters.extension": "asked_by asked_by_name decided_by decided_by_name",
        "notifications.notice": "recipient",
        "attachments.attachment": "uploaded_by uploaded_by_name",
        "organizations.appointment": "person",
        "figures.ledgerlook": "person",
        "audit.verification": "by_name",
        "appraisal.objection": "answered_by_name made_by_name",
        "appraisal.publication": "published_by published_by_name",
        "appraisal.recordedfact": "recorded_by_name withdrawn_by_name",
        "appraisal.scoringversion": "drafted_by_name",
        "appraisal.setaside": "set_by_name",
        "inspections.callingoff": "called_off_by_name",
        "inspections.conclusion": "written_by written_by_name",
        "inspections.conclusionreview": "asked_by_name decided_by decided_by_name",
        "inspections.finding": "recorded_by_name",
        "inspections.frequencyexception": "granted_by granted_by_name",
        "inspections.groupmember": "name person title",
        "inspections.inspection": "created_by",
        "inspections.inspectionobject": "received_by_name",
        "inspections.inspectionplan": "approved_by_name filed_by filed_by_name",
        "inspections.problem": "raised_by_name responsible_person",
        "inspections.problemcheck": "checked_by checked_by_name",
        "inspections.problemwithdrawal": "withdrawn_by_name",
        "inspections.rectificationreport": "sent_by sent_by_name signed_by_principal",
        "lists.droppedpoint": "dropped_by_name",
        "lists.jointagreement": "agreed_by agreed_by_name",
        "lists.listsummary": "sent_by_name written_by",
        "lists.supervisionpointslist": "closed_by_name created_by issued_by_name",
        "lookbacks.keymark": "lifted_by_name marked_by_name",
        "lookbacks.lookbackitem": "checker checker_name",
        "lookbacks.lookbackround": "fixed_by_name opened_by_name",
        "lookbacks.promiseoutcome": "settled_by_name",
        "matters.clockstop": "asked_by_name decided_by_name resumed_by_name",
        "matters.jointopinion": "given_by_name",
        "matters.knownsimilar": "known_by_name",
        "matters.merger": "merged_by_name",
        "matters.objection": "answered_by_name raised_by_name",
        "matters.proposal": "answered_by_name proposed_by proposed_by_name",
        "matters.reassignment": "decided_by_name",
        "matters.reopening": "reopened_by reopened_by_name",
        "horizons.trial": "asked_by_name",
        "matters.pastassignment": "signed_by_name",
        "matters.redating": "decided_by_name",
        "rulebook.reportingruleversion": "adopted_by adopted_by_name drafted_by_name",
        "rulebook.ruleproposal": "decided_by_name drafted_by drafted_by_name",
    },
    TEXT: {
        "meetings.sourcedocument": "title text",
        "meetings.draftitem": "original reason",
        "meetings.numberedpoint": "words waived_reason",
        "matters.matter": "title content origin_title origin_quote latest_progress",
        "matters.closure": "summary effect",
        "matters.revocation": "reason",
        "matters.report": "progress state_change problems next_steps summary late_reason",
        "matters.review": "reason",
        "matters.extension": "reason remark",
        "attachments.attachment": "name text",
        "appraisal.objection": "answer text",
        "appraisal.publication": "reason",
        "appraisal.recordedfact": "reason withdrawn_reason",
        "appraisal.setaside": "reason",
        "inspections.callingoff": "reason",
        "inspections.conclusion": "requirements text",
        "inspections.conclusionreview": "decision reason",
        "inspections.finding": "facts requirement",
        "inspections.frequencyexception": "reason",
        "inspections.inspection": "closing_remark content title",
        "inspections.inspectionplan": "remark",
        "inspections.problem": "description measures requirement root_cause",
        "inspections.problemcheck": "record",
        "inspections.problemwithdrawal": "reason",
        "inspections.rectificationreport": "state_change text",
        "lists.droppedpoint": "reason",
        "lists.listpoint": "text",
        "lists.listsummary": "late_reason next_steps problems text",
        "lists.supervisionpointslist": "closing_remark",
        "lookbacks.keymark": "lifted_reason reason",
        "lookbacks.lookbackitem": "effect evidence note",
        "lookbacks.promiseoutcome": "evidence note",
        "matters.clockstop": "answer reason resumed_why",
        "matters.jointopinion": "text",
        "matters.knownsimilar": "reason",
        "matters.merger": "reason",
        "matters.objection": "answer reason suggestion",
        "matters.proposal": "answer",
        "matters.reassignment": "reason",
        "matters.reopening": "reason",
        "horizons.trial": "question",
        "matters.pastmatter": "latest_progress title",
        "matters.redating": "title",
        "rulebook.reportingruleversion": "reason",
        "rulebook.ruleproposal": "reason remark",
    },
    ACCOUNT: {"accounts.user": "username full_name sort_key phone language"},
    SECRET: {
        "accounts.user": "password",
        "accounts.formerpassword": "user hash",
        "accounts.secondfactor": "user seed pending_seed",
        "accounts.recoverycode": "user hash",
    },
    SESSION: {
        "accounts.signin": "session_key user address",
        "accounts.submissionkey": "user route location",
        "accounts.usecounter": "key",
    },
    TRAIL: {"audit.entry": "object_id body", "audit.detail": "text"},
}

OTHER: dict[str, str] = {
    "bulletins.bulletin": "figures units head_hash",
    "meetings.sourcedocument": "reference",
    "meetings.draftitem": "band title rules units spans vague why",
    "meetings.numberedpoint": "number",
    "chasing.reminder": "held_reason",
    "matters.matter": "number method purpose basis task_rules anchors proposed_shares urgent_unit "
    "urgent_basis origin_kind origin_reference next_title_zh next_title_en",
    "matters.assignment": "task next_title_zh next_title_en",
    "matters.reportduty": "rule_code period title_zh title_en content reports_to legal_basis "
    "deadline anchor trace late_reason",
    "matters.report": "receipt_number",
    "matters.reportfigure": "name measure",
    "rulebook.reportingrule": "code title_zh title_en",
    "rulebook.reportingruleversion": "deadline content reports_to legal_basis source",
    "rulebook.officesettings": "number_prefix vague_days",
    "notifications.notice": "kind level title_zh title_en url dedup_key held_reason_zh "
    "held_reason_en",
    "attachments.storedfile": "sha256 sm3 media_type",
    "organizations.unit": "code name short_name path seat_path sort_key initials note",
    "organizations.unitalias": "name",
    "organizations.collectivename": "name",
    "organizations.post": "title",
    "organizations.authorityoverride": "basis",
    "organizations.apitoken": "name prefix hash scopes",
    "organizations.idempotencykey": "key request_hash answer",
    "accounts.installation": "code_hash",
    "deadlines.calendaredition": "notice rest_days work_days",
    "figures.ledgerlook": "hidden views",
    "attachments.attachment": "owner_kind remarks",
    "audit.checkpoint": "head text signature",
    "audit.verification": "head why",
    "audit.chain": "algorithm reason",
    "audit.head": "hash",
    "audit.entry": "action object_kind prev hash",
    "audit.detail": "salt",
    "appraisal.publication": "fingerprint period",
    "appraisal.publishedscore": "lines unit_name",
    "appraisal.recordedfact": "reference",
    "appraisal.scoringversion": "basis title",
    "inspections.conclusion": "number",
    "inspections.frequencyexception": "codes",
    "inspections.inspection": "basis scope",
    "inspections.problem": "number",
    "lists.listpoint": "limit_words task_rules",
    "lists.listsummary": "figures legal_basis reports_to rule_code trace",
    "lists.supervisionpointslist": "method purpose reference title",
    "lookbacks.lookbackitem": "digest effect_measure effect_name",
    "matters.clockstop": "asked_by_unit",
    "matters.closure": "effect_measure effect_name",
    "matters.merger": "taken_over",
    "horizons.trial": "totals",
    "horizons.trialmove": "change key line",
    "matters.pastassignment": "next_title_en next_title_zh",
    "matters.pastmatter": "next_title_en next_title_zh number",
    "matters.redatedduty": "after_trace before_trace",
    "matters.redating": "totals",
    "rulebook.ruleproposal": "values",
}
