"""Does the web process of this machine answer?"""

import os
from urllib.parse import urlsplit

import httpx


def fault(*, port: int) -> str:
    """Why /healthz does not answer with 200, asked in the name of SITE_URL as a proxy would; empty when it does."""
    site = urlsplit(os.environ.get("SITE_URL", ""))
    headers = {"Host": site.netloc or f"127.0.0.1:{port}", "X-Forwarded-Proto": site.scheme or "http"}
    try:
        answer = httpx.get(f"http://127.0.0.1:{port}/healthz", headers=headers, timeout=5, trust_env=False)
    except httpx.TransportError as error:
        return f"The portal does not answer at port {port}: {error}"
    return "" if answer.status_code == httpx.codes.OK else f"The portal answers {answer.status_code} at /healthz"
