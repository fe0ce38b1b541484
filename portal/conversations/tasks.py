"""Mail leaves by the outbox, so that no request waits for a mail server and none is lost with one."""

import logging
from email.mime.text import MIMEText
from time import monotonic

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string

from portal import clock
from portal.conversations import actions
from portal.conversations.actions import Mail
from portal.tenancy.models import Tenant
from portal.tenancy.scope import Scope, required_tenant_id
from portal.tenancy.tasks import short_scope_task, tenant_task

logger = logging.getLogger(__name__)

SECONDS = 60  # of one run, well within what a task may take; the next one goes on


@short_scope_task()
def send_outbox(*, scope: Scope) -> None:
    """Send what is due, one mail after the other. No transaction is open while the mail server is spoken to.

    A mail that the server has taken is written down at once. Whoever dies between the two leaves one mail, the one
    that they were at, to be sent a second time, with the same Message-ID: SMTP has no better promise to give.
    """
    ends = monotonic() + SECONDS
    while monotonic() < ends:
        with scope():
            mail = actions.take_due_mail()
        if mail is None:
            return
        _send(mail, scope)


def _send(mail: Mail, scope: Scope) -> None:
    """One mail that cannot be sent, for whatever reason, holds up no other."""
    try:
        _message_of(mail).send()
    except OSError as error:  # also what the mail library raises
        _failed(mail, scope, error)
    except Exception as error:
        logger.exception("mail %s cannot be written", mail.message_pk)
        _failed(mail, scope, error)
    else:
        with scope():
            actions.mark_mail_sent(mail=mail, now=clock.now())


def _failed(mail: Mail, scope: Scope, error: Exception) -> None:
    """The log names the tenant and the number of the mail: its Message-ID looks like an address, which no log holds."""
    with scope():
        actions.mark_mail_failed(mail=mail, error=str(error))
        logger.warning("mail %s was not taken: %s", mail.message_pk, error)
        if mail.attempt == actions.MAIL_TRIES:
            logger.error("mail %s is given up: that was the last try", mail.message_pk)


@tenant_task()
def write_digests() -> None:
    """The mail of the day, for those who want one mail a day."""
    tenant = Tenant.objects.get(pk=required_tenant_id())
    actions.write_digests(tenant=tenant, now=clock.now())


def _message_of(mail: Mail) -> EmailMultiAlternatives:
    """Text, and the same as a page; mail programs offer to do without more of it in one click (RFC 8058)."""
    headers = {"Message-ID": mail.message_id, "Auto-Submitted": "auto-generated"}
    if mail.unsubscribe_url:
        headers["List-Unsubscribe"] = f"<{mail.unsubscribe_url}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message = EmailMultiAlternatives(
        subject=mail.subject, body=mail.body, from_email=settings.DEFAULT_FROM_EMAIL, to=[mail.to], headers=headers
    )
    if mail.lines:
        message.attach_alternative(render_to_string("conversations/mail.html", {"mail": mail}), "text/html")
    if mail.calendar:
        message.attach(_invitation(mail.calendar))
    return message


def _invitation(calendar: str) -> MIMEText:
    """A file for calendars; its method stands in its type too, or mail programs would not offer to take it in."""
    part = MIMEText(calendar, "calendar", "utf-8")
    part.set_param("method", calendar.partition("METHOD:")[2].partition("\r\n")[0])
    part.add_header("Content-Disposition", "attachment", filename="invitation.ics")
    return part
