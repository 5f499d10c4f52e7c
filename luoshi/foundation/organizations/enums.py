"""Levels, systems, roles and relations of the office world (rules.md 2.7, 2.10)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Level(models.TextChoices):
    """Administrative level."""

    PROVINCE = "province", _("Province")
    CITY = "city", _("City")
    COUNTY = "county", _("County (district)")
    TOWNSHIP = "township", _("Township")


LEVEL_ORDER = {Level.PROVINCE: 0, Level.CITY: 1, Level.COUNTY: 2, Level.TOWNSHIP: 3}


class System(models.TextChoices):
    """The system a unit belongs to."""

    PARTY = "party_committee", _("Party committee")
    GOVERNMENT = "government", _("Government")
    CPPCC = "cppcc", _("CPPCC")
    ASSOCIATION = "association", _("Association")
    ENTERPRISE = "enterprise", _("Enterprise")


class Role(models.TextChoices):
    """What a post lets its holder do."""

    SUPERVISION_OFFICER = "supervision_officer", _("Supervision officer")
    SECRETARY_GENERAL = "secretary_general", _("Secretary-General")
    LEADER = "leader", _("Leader")
    LIAISON = "liaison", _("Liaison")
    PRINCIPAL = "principal", _("Head of unit")
    DOCUMENT_CLERK = "document_clerk", _("Document clerk")
    INFORMATION_OFFICER = "information_officer", _("Information officer")
    DUTY_OFFICER = "duty_officer", _("Duty officer")
    CPPCC_MEMBER = "cppcc_member", _("CPPCC member")
    SECRETARIAT = "secretariat", _("Organising-committee secretariat")
    SYSTEM_ADMIN = "system_admin", _("System administrator")
    SECURITY_ADMIN = "security_admin", _("Security administrator")
    AUDITOR = "auditor", _("Auditor")


SUPERVISING_ROLES = (Role.SUPERVISION_OFFICER, Role.SECRETARY_GENERAL, Role.LEADER)
HANDLING_ROLES = (Role.LIAISON, Role.PRINCIPAL)
OFFICER_CLASS = {Role.SYSTEM_ADMIN: 1, Role.SECURITY_ADMIN: 2, Role.AUDITOR: 3}


class Relation(models.TextChoices):
    """What one unit may ask of another; decides wording and allowed acts (decision 9)."""

    COMMANDS = "commands", _("Directs")
    GUIDES = "guides", _("Advises")
    NO_COMMAND = "no_command", _("No command power")
    EXTERNAL = "external", _("External")
