"""Django settings: one file, one behaviour; what differs between sites is in `config`."""

from datetime import timedelta

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from luoshi.foundation.exchange.envelopes.policy import Policy
from luoshi.site import config
from luoshi.site.domain import logs

CONFIG = config.read()

SECRET_KEY = CONFIG.secret_key
DEBUG = CONFIG.debug
ALLOWED_HOSTS = CONFIG.hosts
CSRF_TRUSTED_ORIGINS = CONFIG.origins
ROOT_URLCONF = "luoshi.site.urls"
WSGI_APPLICATION = "luoshi.site.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "accounts.User"
AUDIT_HASH = CONFIG.audit_hash
EXCHANGE_POLICY = Policy(signing=CONFIG.exchange_suites)
FILES = CONFIG.files
FONTS = CONFIG.fonts
LOGGING = logs.configuration(CONFIG.var / "logs")

LUOSHI_APPS = [
    "luoshi.site",
    "luoshi.insight.bulletins",
    "luoshi.insight.search",
    "luoshi.insight.figures",
    "luoshi.insight.horizons",
    "luoshi.insight.burden",
    "luoshi.insight.watch",
    "luoshi.desks.documents",
    "luoshi.desks.duty",
    "luoshi.desks.information",
    "luoshi.desks.instructions",
    "luoshi.desks.ledgers",
    "luoshi.desks.lessons",
    "luoshi.desks.meetings",
    "luoshi.desks.publications",
    "luoshi.supervision.appraisal",
    "luoshi.supervision.lookbacks",
    "luoshi.supervision.inspections",
    "luoshi.supervision.lists",
    "luoshi.supervision.chasing",
    "luoshi.supervision.commitments",
    "luoshi.supervision.matters",
    "luoshi.supervision.mirrors",
    "luoshi.supervision.rulebook",
    "luoshi.foundation.exchange",
    "luoshi.foundation.notifications",
    "luoshi.foundation.sheets",
    "luoshi.foundation.attachments",
    "luoshi.foundation.organizations",
    "luoshi.foundation.accounts",
    "luoshi.foundation.deadlines",
    "luoshi.foundation.audit",
    "luoshi.foundation.core",
]

INSTALLED_APPS = [
    *LUOSHI_APPS,
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django_htmx",
    "axes",
    "procrastinate.contrib.django",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "luoshi.site.web.middleware.AccessLogMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "luoshi.foundation.accounts.web.middleware.LanguageMiddleware",
    "luoshi.foundation.accounts.web.middleware.ClockMiddleware",
    "luoshi.site.web.middleware.SetupMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "luoshi.foundation.accounts.web.middleware.SessionAgeMiddleware",
    "luoshi.foundation.organizations.web.middleware.ActorMiddleware",
    "luoshi.foundation.accounts.web.middleware.FirstThingsMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "luoshi.foundation.core.web.refusal_pages.RefusalMiddleware",
    "luoshi.foundation.audit.web.middleware.DeniedMiddleware",
    "luoshi.site.web.edge.EdgeMiddleware",
    "luoshi.site.web.metering.MeteringMiddleware",
    "luoshi.site.web.middleware.FreshProofMiddleware",
    "axes.middleware.AxesMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.csrf",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
            "libraries": {"i18n": "luoshi.foundation.core.templatetags.fixed_words"},
        },
    }
]

DATABASES = {
    "default": CONFIG.database
    | {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True, "ATOMIC_REQUESTS": False}
}

# without it a worker knows no periodic job
PROCRASTINATE_IMPORT_PATHS = ["luoshi.site.schedule"]

AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
    "luoshi.foundation.accounts.backends.CodeBackend",
]

PASSWORD_HASHERS = ["luoshi.foundation.accounts.hashers.OfficeArgon2"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "luoshi.foundation.accounts.passwords.ProfileValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "accounts:sign-in"
SESSION_COOKIE_AGE = 30 * 60
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = CONFIG.behind_tls
# a browser sends a host's cookies to all its ports: sites beside each other on one machine (three
# levels) would sign each other's people out
SESSION_COOKIE_NAME = "__Host-luoshi" if CONFIG.behind_tls else f"luoshi-{CONFIG.port}"
CSRF_COOKIE_NAME = "csrftoken" if CONFIG.behind_tls else f"csrftoken-{CONFIG.port}"
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=30)
AXES_LOCKOUT_PARAMETERS = ["username"]
AXES_RESET_ON_SUCCESS = True
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False
AXES_LOCKOUT_CALLABLE = "luoshi.foundation.accounts.web.signing.lockout_page"
AXES_IPWARE_PROXY_COUNT = CONFIG.proxy_count
SILENCED_SYSTEM_CHECKS = [
    "axes.W006",  # a whole bureau shares one address: lock by name only
    "templates.W003",  # `i18n` is ours on purpose: Django's own, its literals looked up once
]

LANGUAGE_CODE = CONFIG.language
LANGUAGES = [("zh-hans", _("Chinese")), ("en", _("English"))]
LOCALE_PATHS = [config.ROOT / "luoshi" / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = CONFIG.zone

STATIC_URL = "/static/"
STATIC_ROOT = None
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
PERMISSIONS_POLICY: dict[str, list[str]] = {
    name: [] for name in ("camera", "geolocation", "microphone", "payment", "usb", "fullscreen")
}
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
