"""The one settings file; what differs between installations comes from portal.config."""

from datetime import timedelta

import environ
import pghistory
from celery.schedules import crontab
from kombu import Queue

from portal import config

CONFIG = config.load()
BASE_DIR = config.ROOT

SECRET_KEY = CONFIG.secret_key
DEBUG = CONFIG.debug
ALLOWED_HOSTS = CONFIG.allowed_hosts
SITE_URL = CONFIG.site_url
ROOT_URLCONF = "portal.urls"
WSGI_APPLICATION = "portal.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "accounts.User"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "django_htmx",
    "template_partials.apps.SimpleAppConfig",
    "allauth",
    "allauth.account",
    "pgtrigger",
    "pghistory",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "csp",
    "portal.tenancy",
    "portal.accounts",
    "portal.audit",
    "portal.jobs",
    "portal.conversations",
    "portal.charts",
    "catalog",
    "slas",
    "improvement",
    "reporting",
]
if CONFIG.demo:
    INSTALLED_APPS.append("demo")

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "portal.pages.keep_private",  # after the files of the interface, before everything about somebody
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "pghistory.middleware.HistoryMiddleware",
    "portal.tenancy.middleware.TenantMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "portal.tenancy.context.page",
            ],
            "loaders": [
                (
                    "template_partials.loader.Loader",
                    [
                        (
                            "django.template.loaders.cached.Loader",
                            [
                                "django.template.loaders.filesystem.Loader",
                                "django.template.loaders.app_directories.Loader",
                            ],
                        )
                    ],
                )
            ],
            "builtins": ["template_partials.templatetags.partials", "django.templatetags.i18n"],
        },
    }
]
NAVIGATION = "reporting.queries.navigation.get_menu"
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
INSTALLED_APPS.insert(0, "django.forms")

DATABASES = {"default": environ.Env.db_url_config(CONFIG.database_url)}
DATABASES["default"] |= {
    "ENGINE": "portal.tenancy.postgresql",
    "ATOMIC_REQUESTS": True,
    "CONN_HEALTH_CHECKS": True,
    "DISABLE_SERVER_SIDE_CURSORS": True,
    "OPTIONS": {
        "pool": {"min_size": 1, "max_size": 8, "timeout": 10},
        "options": (
            f"-c statement_timeout={CONFIG.statement_seconds}s -c lock_timeout=5s"
            f" -c idle_in_transaction_session_timeout={CONFIG.idle_seconds}s"
        ),
    },
    "TEST": {"NAME": config.test_database_name()},
}

CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": CONFIG.redis_url,
        "KEY_PREFIX": "parley",
    },
    "frozen": {  # parts of issued pages; in the process, so that what new templates draw never meets what old ones did
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "frozen",
        "TIMEOUT": None,
        "OPTIONS": {"MAX_ENTRIES": 200},
    },
}
SESSION_ENGINE = "django.contrib.sessions.backends.db"

AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_ADAPTER = "portal.accounts.adapter.ClosedSignup"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_RATE_LIMITS = {"login_failed": "10/m/ip,5/5m/key", "reset_password": "20/m/ip,5/m/key"}
ALLAUTH_TRUSTED_PROXY_COUNT = CONFIG.trusted_proxies
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

LANGUAGE_CODE = "en-gb"
LANGUAGES = [("en-gb", "English"), ("de", "Deutsch")]  # German: what a review shows, where its agreement says so
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = CONFIG.files_dir.parent / "static"
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": CONFIG.files_dir},
    },
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
FILES_DIR = CONFIG.files_dir
WHITENOISE_USE_FINDERS = True

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
if SITE_URL.startswith("https://"):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_SSL_REDIRECT = SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SECURE_HSTS_SECONDS = int(timedelta(days=365).total_seconds())
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    CSRF_TRUSTED_ORIGINS = [SITE_URL]

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
    }
}

EMAIL_CONFIG = environ.Env.email_url_config(CONFIG.mail_url)
vars().update(EMAIL_CONFIG)
DEFAULT_FROM_EMAIL = CONFIG.mail_from
EMAIL_TIMEOUT = 10  # seconds for each answer of the mail server
MAIL_LEASE = timedelta(minutes=3)  # how long a mail is its sender's: longer than all answers may take together

PGHISTORY_CONTEXT_FIELD = pghistory.ContextJSONField()
PGHISTORY_OBJ_FIELD = pghistory.ObjForeignKey(db_constraint=False)
PGHISTORY_FOREIGN_KEY_FIELD = pghistory.ForeignKey(db_constraint=False)

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["portal.accounts.api.TokenAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["portal.accounts.api.HasScope"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["portal.accounts.api.LevelledJSON"],
    "DEFAULT_PAGINATION_CLASS": "portal.accounts.api.Pages",
    "PAGE_SIZE": 50,
    "DEFAULT_THROTTLE_CLASSES": ["portal.accounts.api.TokenThrottle"],
    "DEFAULT_THROTTLE_RATES": {"token": "600/min", "guest": "60/min"},
    "EXCEPTION_HANDLER": "portal.accounts.api.explain",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Parley",
    "DESCRIPTION": "Push measurements, read attainments and reviews. One token belongs to one tenant.",
    "VERSION": "1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SWAGGER_UI_DIST": "SIDECAR",
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "slas.api.describing.rows_may_fit_several",
    ],
}

CELERY_BROKER_URL = CONFIG.redis_url
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_SOFT_TIME_LIMIT = 120
CELERY_TASK_TIME_LIMIT = 150
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 600,
    "socket_timeout": 10,
    "socket_connect_timeout": 5,
    "socket_keepalive": True,
}
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_DEFAULT_QUEUE = "default"
CELERY_TASK_QUEUES = [Queue(name) for name in ("default", "attainment", "jobs")]
CELERY_TASK_ROUTES = ["portal.tenancy.tasks.route_task"]
CELERY_TASK_PUBLISH_RETRY_POLICY = {"max_retries": 2, "interval_start": 0.1, "interval_max": 0.5}
CELERY_WORKER_MAX_TASKS_PER_CHILD = 200
CELERY_WORKER_HIJACK_ROOT_LOGGER = False

# The ONE list of what workers make: {"kind": {"build": dotted name, "may_read": dotted name or left out}}; what is put
# together from other jobs has `ask` and `put_together` in the place of `build`.
JOB_KINDS: dict[str, dict[str, str]] = {
    "edition_pdf": {
        "build": "reporting.exports.pdf.build_edition_pdf",
        "may_read": "reporting.exports.pdf.may_read_edition",
    },
    "edition_evidence": {
        "build": "reporting.exports.evidence.build_edition_evidence",
        "may_read": "reporting.exports.evidence.may_read_evidence",
    },
    "figure_evidence": {
        "build": "slas.exports.evidence.build_figure_evidence",
        "may_read": "slas.exports.evidence.may_read_evidence",
    },
    "agreement_pdf": {
        "build": "slas.exports.agreement.build_agreement_pdf",
        "may_read": "slas.exports.agreement.may_read_agreement",
    },
    "draft_pdf": {
        "build": "reporting.exports.pdf.build_draft_pdf",
        "may_read": "reporting.exports.pdf.may_read_draft",
    },
    "review_bundle": {
        "ask": "reporting.tasks.ask_for_review_files",
        "put_together": "reporting.exports.bundles.put_reviews_together",
        "may_read": "reporting.exports.bundles.may_read_bundle",
    },
}
JOB_LEASE = timedelta(seconds=30)  # renewed three times in its length while a worker lives
JOB_RESEND = timedelta(seconds=30)  # how long a waiting job is left alone before the broker is told again

# The ONE list of periodic work, for each tenant. Daily work has an hour (UTC): restarts would put intervals off.
EACH_TENANT = "portal.tenancy.tasks.queue_for_each_tenant"
CELERY_BEAT_SCHEDULE = {
    "recompute dirty targets": {
        "task": EACH_TENANT,
        "args": ["slas.tasks.recompute_dirty_targets"],
        "schedule": timedelta(seconds=20),
    },
    "count readings that wait": {
        "task": EACH_TENANT,
        "args": ["slas.tasks.count_readings"],
        "schedule": timedelta(minutes=10),
    },
    "look at running months again": {
        "task": EACH_TENANT,
        "args": ["slas.tasks.mark_stale_targets"],
        "schedule": timedelta(minutes=10),
    },
    "begin and end agreements": {
        "task": EACH_TENANT,
        "args": ["slas.tasks.begin_due_agreements"],
        "schedule": timedelta(hours=1),  # each on its day, soon after its midnight
    },
    "change entries": {"task": EACH_TENANT, "args": ["catalog.tasks.change_catalogue"], "schedule": timedelta(hours=1)},
    "remind of days of agreements": {
        "task": EACH_TENANT,
        "args": ["slas.tasks.remind_of_agreements"],
        "schedule": crontab(hour="5", minute="40"),
    },
    "propose the credits of closed months": {
        "task": EACH_TENANT,
        "args": ["slas.tasks.propose_credits"],
        "schedule": timedelta(minutes=20),
    },
    "tell of trials that are over": {
        "task": EACH_TENANT,
        "args": ["slas.tasks.tell_ended_trials"],
        "schedule": timedelta(hours=1),  # each end is told once
    },
    "forecast running months": {
        "task": EACH_TENANT,
        "args": ["slas.tasks.forecast_running_months"],
        "schedule": timedelta(hours=1),  # each is said once a day, soon after its midnight
    },
    "send waiting and abandoned jobs again": {
        "task": EACH_TENANT,
        "args": ["portal.jobs.tasks.sweep_jobs"],
        "schedule": timedelta(seconds=15),
    },
    "send the outbox": {
        "task": EACH_TENANT,
        "args": ["portal.conversations.tasks.send_outbox"],
        "schedule": timedelta(seconds=30),
    },
    "write the mail of the day": {
        "task": EACH_TENANT,
        "args": ["portal.conversations.tasks.write_digests"],
        "schedule": timedelta(minutes=10),  # one for each member and day
    },
    "count stored figures a second time": {
        "task": EACH_TENANT,
        "args": ["slas.tasks.cross_check_figures"],
        "schedule": crontab(hour="3", minute="10"),
    },
    "make the tables of this month and the next": {
        "task": EACH_TENANT,
        "args": ["slas.tasks.make_measurement_months"],
        "schedule": timedelta(hours=1),
    },
    "draft the reviews of the month that ended": {
        "task": EACH_TENANT,
        "args": ["reporting.tasks.draft_due_reviews"],
        "schedule": timedelta(hours=1),
    },
    "remind of what is owed: answers, follow-ups, a word on complaints that were answered": {
        "task": EACH_TENANT,
        "args": ["reporting.tasks.remind_of_what_is_owed"],
        "schedule": crontab(hour="5", minute="50"),
    },
    "ask the short questions that were agreed": {
        "task": EACH_TENANT,
        "args": ["reporting.tasks.ask_what_was_agreed"],
        "schedule": crontab(hour="7", minute="20"),
    },
    "tell of silence": {
        "task": EACH_TENANT,
        "args": ["reporting.tasks.tell_silence"],
        "schedule": crontab(hour="5", minute="55"),
    },
    "remind of reviews that are due, and issue what both sides agreed to": {
        "task": EACH_TENANT,
        "args": ["reporting.tasks.deliver_due_reviews"],
        "schedule": timedelta(hours=1),  # each is told once, and issued on its day
    },
    "close signed reviews": {
        "task": EACH_TENANT,
        "args": ["reporting.tasks.close_signed_reviews"],
        "schedule": timedelta(hours=1),  # each once nothing of it is open
    },
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "portal.logs.JsonFormatter"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {"fontTools": {"level": "WARNING"}, "weasyprint": {"level": "ERROR"}},
}
