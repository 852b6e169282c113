"""Every setting of the app: the environment decides, and it is secure unless told otherwise.

`.env.example` explains each variable. Nothing but this file reads them.
"""

from email.utils import parseaddr
from pathlib import Path

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from redis.backoff import NoBackoff
from redis.retry import Retry

from config import embedded, logs

BASE_DIR = Path(__file__).resolve().parent.parent

env = environ.Env()
if env.bool("DOT_ENV", default=True):
    environ.Env.read_env(BASE_DIR / ".env")

# --- Where are we? -----------------------------------------------------------------------------
# LOCAL: this machine only, plain http, embedded servers, demo data welcome. It is the default
# while no database is configured. DEBUG additionally shows tracebacks in the browser.
DEBUG = env.bool("DEBUG", default=False)
LOCAL = env.bool("LOCAL", default=not env.str("DATABASE_URL", default=""))
DEMO = env.bool("DEMO", default=LOCAL)
RELAXED = DEBUG or LOCAL


def part(name: str, fallback: str = "") -> str:
    """The address of one part: from the environment, else embedded, else (relaxed) `fallback`."""
    address = env.str(name, default="")
    if address:
        return address
    if not env.str("DATABASE_URL", default=""):
        return embedded.url(name)
    if RELAXED and fallback:
        return fallback
    raise ImproperlyConfigured(f"{name} is not set (see .env.example).")


SECRET_KEY = env.str("SECRET_KEY", default="")
if not SECRET_KEY:
    if not RELAXED:
        raise ImproperlyConfigured(
            "SECRET_KEY is not set. Set it in the environment or in .env (see .env.example); "
            "only DEBUG=true or LOCAL=true may go without."
        )
    SECRET_KEY = embedded.secret_key()
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])

ALLOWED_HOSTS = env.list(
    "ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"] if RELAXED else []
)
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
PUBLIC_URL = env.str("PUBLIC_URL", default="http://127.0.0.1:8000").rstrip("/")

# --- The house ---------------------------------------------------------------------------------
INSTALLED_APPS = [
    "people",
    "ladders",
    "assessments",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "pgtrigger",
    "allauth",
    "allauth.account",
    "rest_framework",
    "django_filters",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "django_structlog",
    "csp",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_structlog.middlewares.RequestMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "config.local_time.LocalTime",
    "config.errors.RefusalPages",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "config.frame.frame",
            ],
        },
    }
]
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
SILENCED_SYSTEM_CHECKS = [
    "auth.W004",  # e-mails are unique without regard to case, by a constraint of the database
]

# --- Parts: database, broker, cache, mail ------------------------------------------------------
DATABASES = {"default": env.db_url_config(part("DATABASE_URL"))}
if env.str("REPLICA_URL", default=""):
    DATABASES["replica"] = env.db_url_config(env.str("REPLICA_URL"))
    DATABASES["replica"]["TEST"] = {"MIRROR": "default"}
REPORTS_DATABASE = "replica" if "replica" in DATABASES else "default"
SMALLEST_CELL = env.int("SMALLEST_CELL", default=5)  # people; reports hide smaller cells
for database in DATABASES.values():
    database["CONN_HEALTH_CHECKS"] = True
    if env.bool("DATABASE_POOL", default=False):  # set by what starts the web process, and only it
        size = env.int("DATABASE_POOL_SIZE", default=8)
        pool = {"min_size": 1, "max_size": size, "timeout": 10}
        database["OPTIONS"] = database.get("OPTIONS", {}) | {"pool": pool}
    else:
        database["CONN_MAX_AGE"] = env.int("DATABASE_MAX_AGE", default=60)

CACHES = {"default": env.cache_url_config(part("CACHE_URL", fallback="locmemcache://"))}
CACHES["default"]["KEY_PREFIX"] = "twintrack"
if CACHES["default"]["BACKEND"].endswith("RedisCache"):
    # A cache that is away is given up quickly: a page must not wait for it.
    quick = {"socket_connect_timeout": 1, "socket_timeout": 2, "retry": Retry(NoBackoff(), 1)}
    CACHES["default"]["OPTIONS"] = CACHES["default"].get("OPTIONS", {}) | quick

CELERY_BROKER_URL = part("BROKER_URL", fallback="memory://")
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "global_keyprefix": env.str("BROKER_PREFIX", default="twintrack:"),
    # A message that no worker acknowledged is delivered again after this; tasks end well before.
    "visibility_timeout": 600,
    "socket_connect_timeout": 2,
    "socket_keepalive": True,
}
CELERY_TASK_TIME_LIMIT = 300
CELERY_TASK_SOFT_TIME_LIMIT = 240
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_WORKER_REDIRECT_STDOUTS = False
CELERY_TIMEZONE = "UTC"
CELERY_BEAT_SCHEDULER = "celery.beat:Scheduler"  # one static tick: nothing to keep in a file
CELERY_BEAT_SCHEDULE = {
    "tick": {"task": "assessments.tasks.tick", "schedule": 60.0, "options": {"expires": 55}},
    "imports": {
        "task": "people.tasks.carry_on_imports",
        "schedule": 3.0,
        "options": {"expires": 3},
    },
}

_mail = "consolemail://" if RELAXED else "smtp://localhost:25"
vars().update(env.email_url_config(env.str("EMAIL_URL", default=_mail)))
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="Twintrack <twintrack@localhost>")
SERVER_EMAIL = env.str("SERVER_EMAIL", default=DEFAULT_FROM_EMAIL)
ADMINS = [parseaddr(address) for address in env.list("ADMINS", default=[])]

# --- Signing in --------------------------------------------------------------------------------
AUTH_USER_MODEL = "people.Person"
AUTHENTICATION_BACKENDS = ["config.signing_in.Backend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
PASSWORD_HASHERS = env.list(
    "PASSWORD_HASHERS", default=["django.contrib.auth.hashers.PBKDF2PasswordHasher"]
)
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "config.signing_in.Adapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"  # addresses come from the HR system, not from the person
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # strangers get no mail, and everybody the same answer
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_RATE_LIMITS = {"login": env.str("LOGIN_RATE", default="60/m/ip")}
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXY_COUNT", default=0)

# --- Doors: https, cookies, content policy -----------------------------------------------------
SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=not RELAXED)
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_SECONDS = env.int("SECURE_HSTS_SECONDS", default=0 if RELAXED else 31_536_000)
SECURE_HSTS_INCLUDE_SUBDOMAINS = env.bool("SECURE_HSTS_INCLUDE_SUBDOMAINS", default=not RELAXED)
SECURE_HSTS_PRELOAD = SECURE_HSTS_INCLUDE_SUBDOMAINS
if ALLAUTH_TRUSTED_PROXY_COUNT:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = not RELAXED
SESSION_COOKIE_AGE = 60 * 60 * 24 * 14
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "config.errors.csrf_failure"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}

# --- The API -----------------------------------------------------------------------------------
API_CALLS_PER_MINUTE = env.int("API_CALLS_PER_MINUTE", default=600)
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "people.api.authentication.BearerToken",  # first, so that strangers get 401
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": [
        "rest_framework.permissions.IsAuthenticated",
        "people.api.scopes.Scoped",
    ],
    "DEFAULT_THROTTLE_CLASSES": ["people.api.throttle.Allowance"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": [
        "people.api.parsers.Json",
        "rest_framework.parsers.MultiPartParser",
    ],
    "DEFAULT_PAGINATION_CLASS": "people.cursor.Cursor",
    "PAGE_SIZE": 50,
    "DEFAULT_FILTER_BACKENDS": ["django_filters.rest_framework.DjangoFilterBackend"],
    "DEFAULT_SCHEMA_CLASS": "config.openapi.Schema",
    "EXCEPTION_HANDLER": "config.errors.handler",
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
    "DATETIME_FORMAT": None,  # templates get real dates; the JSON renderer writes ISO 8601
    "DATE_FORMAT": None,
    "TIME_FORMAT": None,
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Twintrack",
    "DESCRIPTION": "Career ladders with two tracks of equal height: people, ladders, cases.",
    "VERSION": "1",
    "OAS_VERSION": "3.1.1",
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SERVE_PERMISSIONS": ["rest_framework.permissions.IsAuthenticated"],
    "COMPONENT_SPLIT_REQUEST": True,
    # Choices stay where they are used, without names of their own: many nouns have a `kind`.
    "POSTPROCESSING_HOOKS": ["config.openapi.with_refusals"],
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
}

# --- Language, time, static files, logs --------------------------------------------------------
LANGUAGE_CODE = "en-gb"
TIME_ZONE = "UTC"
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = (
    env.str("STATIC_ROOT", default="" if RELAXED else str(BASE_DIR / "staticfiles")) or None
)
STATICFILES_DIRS = [BASE_DIR / "static"]
WHITENOISE_USE_FINDERS = RELAXED
WHITENOISE_AUTOREFRESH = DEBUG
_static = "django.contrib.staticfiles.storage.StaticFilesStorage"
_manifest = "config.static_files.Manifest"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": _static if RELAXED else _manifest},
}
MEDIA_ROOT = env.str("MEDIA_ROOT", default=str(BASE_DIR / "media"))

LOGGING = logs.configured(
    level=env.str("LOG_LEVEL", default="INFO"), as_json=env.bool("LOG_JSON", default=not RELAXED)
)
DJANGO_STRUCTLOG_STATUS_START_LOG_LEVEL = logs.DEBUG
DJANGO_STRUCTLOG_STATUS_4XX_LOG_LEVEL = logs.INFO
