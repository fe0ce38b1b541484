"""The worker is killed with -9 while it sends mail: each mail arrives, and only those in its hands may arrive twice."""

import pytest

from tests.faults.site import HANDS

pytestmark = pytest.mark.xdist_group("faults")

MAILS = 24


def test_a_worker_is_killed_while_it_sends_mail(site):
    """Killed between the mail and the word that it was taken, nobody can know: such a mail is sent again, as the same.

    All others are sent once, also by four hands at a time.
    """
    worker = site.new_worker()
    tenant_id = site.tell_driver(tenant="mail", mails=MAILS)
    site.tell_driver(tenant="mail", send=HANDS)
    site.wait_for(lambda: len(site.mailbox.taken) >= MAILS // 2, "half of the mails have arrived")
    site.kill(worker)
    site.start_worker()
    site.wait_for(lambda: not waiting(site, "due_at > now()"), "nobody holds a mail any more")
    site.tell_driver(tenant="mail", send=HANDS)
    site.wait_for(lambda: not waiting(site, "true"), "all mails are sent")

    attempts = site.rows("SELECT key, attempts FROM conversations_outboxmessage WHERE tenant_id = %s", tenant_id)
    again = [key for key, count in attempts if count > 1]
    assert len(attempts) == len(site.mailbox.taken) == MAILS
    assert 1 <= len(again) <= HANDS
    twice = [name for name, count in site.mailbox.taken.items() if count > 1]
    assert len(twice) <= len(again)
    assert max(site.mailbox.taken.values()) <= 2


def waiting(site, which):
    """How many mails were not sent yet."""
    (found,) = site.rows(f"SELECT count(*) FROM conversations_outboxmessage WHERE sent_at IS NULL AND {which}")
    return found[0]
