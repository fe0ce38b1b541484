"""The web process: refuses to start with a database role that could read across tenants."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
application = get_wsgi_application()

from portal.tenancy.roles import refuse_privileged_role  # noqa: E402  (needs the app registry)

refuse_privileged_role()
