"""The one settings file. What an installation may change is in `config.env`."""

from urllib.parse import urlsplit

from csp.constants import NONE, SELF

from config.env import ENV, ROOT

SECRET_KEY = ENV.secret()
DEBUG = ENV.debug
DEMO = ENV.demo
DEMO_PASSWORD = "mot-buoc-demo"  # noqa: S105 - of invented people, in demo mode only
ALLOWED_HOSTS = ENV.allowed_hosts

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "csp",
    "django_htmx",
    "ninja",
    "django_tasks",
    "django_tasks_db",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
    "motbuoc",
]
MIDDLEWARE = [
    "motbuoc.interfaces.web.request_id.RequestIdMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "motbuoc.interfaces.web.methods.known_methods_only",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "motbuoc.interfaces.web.accounts.language.ChosenLanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "motbuoc.interfaces.web.viewer.ViewerMiddleware",
    "motbuoc.interfaces.web.looking.LookMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "motbuoc.interfaces.web.accounts.middleware.SessionSeenMiddleware",
    "motbuoc.interfaces.web.accounts.middleware.SecondFactorMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "src/motbuoc/interfaces/web/templates"],
        "APP_DIRS": False,
        "OPTIONS": {
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    [
                        "django.template.loaders.filesystem.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                )
            ],
            "builtins": ["motbuoc.interfaces.web.templatetags.components"],
            "libraries": {
                "components": "motbuoc.interfaces.web.templatetags.components",
                "shares": "motbuoc.interfaces.web.templatetags.shares",
            },
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.messages.context_processors.messages",
                "motbuoc.interfaces.web.viewer.viewer_context",
            ],
        },
    }
]
FORM_RENDERER = "motbuoc.interfaces.web.forms.Renderer"

DATABASES = {"default": ENV.database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "motbuoc.Account"
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": ENV.password_min_length},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
    {"NAME": "motbuoc.foundation.people.passwords.UnlikeTheNameValidator"},
]
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
SECOND_FACTOR_REQUIRED = ENV.second_factor_required and not DEMO
LOGIN_URL = "sign_in"
LOGIN_REDIRECT_URL = "today"
LOGOUT_REDIRECT_URL = "sign_in"

# django-allauth: how people sign in (docs/decisions/0015). Nobody signs up: the adapters are closed.
ACCOUNT_ADAPTER = "motbuoc.interfaces.web.accounts.adapters.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "motbuoc.interfaces.web.accounts.forms.SignInForm",
    "reset_password": "motbuoc.interfaces.web.accounts.forms.ForgottenPasswordForm",
}
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # no mail to an address that is nobody's here
ACCOUNT_EMAIL_SUBJECT_PREFIX = "Một Bước: "
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if ENV.https else "http"
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_REAUTHENTICATION_METHODS = ("password", "mfa")
ACCOUNT_REAUTHENTICATION_TIMEOUT = 15 * 60
ACCOUNT_RATE_LIMITS = {
    # Wrong passwords are counted by interfaces.web.accounts.limits; what follows counts wrong codes of a second
    # factor, which only those can try who know the password.
    "login": None,
    "login_failed": "10/5m/key",
    "sign_in_known_browser": "10/10m/key",
    "sign_in_elsewhere": "5/10m/key,50/10m/ip",
    "invitation": "20/10m/key",  # by address: an office has one, and many hands
}
MFA_ADAPTER = "motbuoc.interfaces.web.accounts.adapters.FactorAdapter"
MFA_FORMS = {
    "add_webauthn": "motbuoc.interfaces.web.accounts.forms.AddPasskeyForm",
    "edit_webauthn": "motbuoc.interfaces.web.accounts.forms.RenamePasskeyForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_ALLOW_UNVERIFIED_EMAIL = True  # e-mail addresses are set by the office, not by whoever signs up
MFA_TOTP_ISSUER = "Một Bước"
MFA_TOTP_TOLERANCE = 1
MFA_RATE_LIMITS = {"webauthn_login": None}  # nothing to be guessed; a limit by address would keep neighbours out
SOCIALACCOUNT_ADAPTER = "motbuoc.interfaces.web.accounts.adapters.IdentityAdapter"
SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": ENV.identity_services(), "OAUTH_PKCE_ENABLED": True}}
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if ENV.https else 0  # without a proxy anybody could write X-Forwarded-For

# Mail, if a server is set.
MAIL_READY = bool(ENV.mail_url)
REPLY_ADDRESS = ENV.reply_address
REPLY_MAILBOX = ENV.mailbox()
globals().update(ENV.mail())

CACHES = {
    # Counts of failed sign-ins and used codes: shared by all worker processes, and never emptied by filling it up.
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "motbuoc_cache",
        "OPTIONS": {"MAX_ENTRIES": 200_000},
    },
    # Made pages (interfaces.web.remembering): at most so many in each process, the board of 100 units is 150 kB.
    "pages": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "pages",
        "OPTIONS": {"MAX_ENTRIES": 200},
    },
}
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]
LOCALE_PATHS = [ROOT / "src/motbuoc/locale"]
USE_TZ = True
TIME_ZONE = "Asia/Ho_Chi_Minh"
FORMAT_MODULE_PATH = ["config.formats"]

STATIC_URL = "static/"
STATIC_ROOT = ENV.data_dir / "static"
STATICFILES_DIRS = [ROOT / "src/motbuoc/interfaces/web/static"]
STORAGES = {
    "default": ENV.files(),
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
DATA_DIR = ENV.data_dir
BACKUP_PASSPHRASE = ENV.backup_passphrase
MAX_UPLOAD_BYTES = ENV.max_upload_mb * 1_000_000
DATA_UPLOAD_MAX_MEMORY_SIZE = 5_000_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000  # a form of 400 lines by 40 parts, sent without a script
FILE_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
READING_SECONDS = ENV.reading_seconds
IMPORT_ROWS = ENV.import_rows
QUIET_DAYS = ENV.quiet_days
ISSUE_AT_ONCE = ENV.issue_at_once
COPY_ANSWER_DAYS = ENV.copy_answer_days
APPROVE_OWN_DRAFT = ENV.approve_own_draft
URGING_DAYS = ENV.urging_days
DUE_SOON_DAYS = ENV.due_soon_days
DEFAULT_DUE_DAYS = ENV.default_due_days
REMIND_HOUR = ENV.remind_hour
PUBLIC_URL = ENV.links_begin()
GATEWAYS_INSIDE = ENV.gateways_inside
SMALLEST_GROUP = ENV.smallest_group
IDENTITY_KEYS = ENV.identity_keys
IDENTITY_DAYS = ENV.identity_days
PUT_ASIDE_DAYS = ENV.put_aside_days
OPENING_DAYS = ENV.opening_days
KEPT_DAYS = ENV.kept_days
REST_SECONDS = ENV.rest_seconds
SENT_PER_MINUTE = ENV.sent_per_minute
QUESTION_MOST_CHARACTERS = ENV.question_most_characters
QUESTIONS_MOST = ENV.questions_most
OPINION_MOST_CHARACTERS = ENV.opinion_most_characters
OPINION_ANSWER_WORKDAYS = ENV.opinion_answer_workdays
OPINION_WEIGHTS = ENV.opinion_weights
OPINION_GROUPED_DAYS = ENV.opinion_grouped_days
LANGUAGE_MODEL = ENV.language_model()
CHECK_YEARS = ENV.check_years
CHECK_ROTATION_PERCENT = ENV.check_rotation_percent
CHECK_LOT_PERCENT = ENV.check_lot_percent
CHECK_PRIOR = ENV.check_prior
CHECK_COMMENT_DAYS = ENV.check_comment_days
OUTLOOK_HOUR = ENV.outlook_hour
OUTLOOK_LEAD_DAYS = ENV.outlook_lead_days
OUTLOOK_PRIOR = ENV.outlook_prior
OUTLOOK_LEAST = ENV.outlook_least
OUTLOOK_ABOVE = ENV.outlook_above
PROJECTION_LEAST = ENV.projection_least
PROJECTION_LEVEL = ENV.projection_level
PROJECTION_MARGIN = ENV.projection_margin
PROJECTION_GAPS = ENV.projection_gaps
JUMP_PAST = ENV.jump_past
JUMP_TIMES = ENV.jump_times
SMALL_FIGURE = ENV.small_figure
HISTORY_SEAL_LINES = ENV.history_seal_lines
HISTORY_PERSONAL_DAYS = ENV.history_personal_days

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],  # Bootstrap's style sheet draws its arrows from data addresses
        "font-src": [SELF],
        "connect-src": [SELF],
        "worker-src": [SELF],
        "manifest-src": [SELF],
        # Signing in at the organisation's identity service begins with a form that leads there.
        "form-action": [SELF, f"{urlsplit(ENV.oidc_issuer).scheme}://{urlsplit(ENV.oidc_issuer).netloc}"]
        if ENV.oidc_issuer
        else [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}
# The server itself speaks plain HTTP: with HTTPS there is a proxy before it, which says so in this header.
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if ENV.https else None
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = ENV.https
SECURE_HSTS_SECONDS = 31_536_000 if ENV.https else 0
SESSION_COOKIE_AGE = 60 * 60 * 12
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"request": {"()": "motbuoc.foundation.core.request_id.RequestFilter"}},
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(request_id)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["request"]}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
