"""The web process: refuses to start with a known key, or with a database role that could read across tenants."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
application = get_wsgi_application()

from portal import config  # noqa: E402  (needs the settings module)
from portal.tenancy.roles import refuse_privileged_role  # noqa: E402  (needs the app registry)

config.refuse_known_key(config.load())
refuse_privileged_role()
