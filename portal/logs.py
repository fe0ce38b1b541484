"""One JSON object a line: time, level, logger, message, tenant; no line break can be smuggled in."""

import json
import logging
import re
from datetime import UTC, datetime

from portal.tenancy import scope

# Addresses that let in whoever knows them: an invitation, a new password, and a link to sign by.
SECRET = re.compile(r"(/invitation/|/reset/key/|/sign/)[^/\s]+")
# Who is meant; mail servers and the database name people so when they refuse something.
MAIL_ADDRESS = re.compile(r"[\w.!#$%'*+^`{|}~-]{1,64}@[\w-]+(?:\.[\w-]+)*")


class JsonFormatter(logging.Formatter):
    """Renders a record as one line of JSON with the tenant in force, without what lets somebody in or names them."""

    def format(self, record: logging.LogRecord) -> str:
        entry = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": _without_secrets(record.getMessage()),
            "tenant": scope.current_tenant_id(),
        }
        if record.exc_info:
            entry["exception"] = _without_secrets(self.formatException(record.exc_info))
        return json.dumps(entry)


def _without_secrets(text: str) -> str:
    return MAIL_ADDRESS.sub("(mail address)", SECRET.sub(r"\1(left out)", text))
