"""One JSON object a line: time, level, logger, message, tenant; no line break can be smuggled in."""

import json
import logging
from datetime import UTC, datetime

from portal.tenancy import scope


class JsonFormatter(logging.Formatter):
    """Renders a record as one line of JSON with the tenant in force."""

    def format(self, record: logging.LogRecord) -> str:
        entry = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
            "tenant": scope.current_tenant_id(),
        }
        if record.exc_info:
            entry["exception"] = self.formatException(record.exc_info)
        return json.dumps(entry)
