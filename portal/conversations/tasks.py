"""Mail leaves by the outbox, so that no request waits for a mail server and none is lost with one."""

import logging

from django.conf import settings
from django.core.mail import EmailMessage

from portal import clock
from portal.conversations import actions
from portal.tenancy.scope import Scope
from portal.tenancy.tasks import short_scope_task

logger = logging.getLogger(__name__)


@short_scope_task()
def send_outbox(*, scope: Scope) -> None:
    """Send what is due. No transaction is open while the mail server is spoken to; what fails is tried again later."""
    with scope():
        mails = actions.take_due_mail()
    for mail in mails:
        message = EmailMessage(
            subject=mail.subject,
            body=mail.body,
            from_email=settings.DEFAULT_FROM_EMAIL,
            to=[mail.to],
            headers={"Message-ID": mail.message_id, "Auto-Submitted": "auto-generated"},
        )
        try:
            message.send()
        except OSError as error:  # also what the mail library raises
            logger.warning("mail %s was not taken: %s", mail.message_id, error)
            with scope():
                actions.mark_mail_failed(message_pk=mail.message_pk, error=str(error))
        else:
            with scope():
                actions.mark_mail_sent(message_pk=mail.message_pk, now=clock.now())
