"""A seal names its transaction by number and by the moment at which that began.

Numbers alone come again: a restored database counts its transactions from wherever its new server stands, and could meet
the number under which a version was sealed elsewhere. Only the transaction that seals has both the number and the moment.
Seals from before hold a bare number, which is the name of no transaction any more: what they seal stays sealed.
"""

from typing import ClassVar

from django.db import migrations

from portal.tenancy.operations import InOneStep

THIS_TRANSACTION = """
CREATE FUNCTION this_transaction() RETURNS bigint LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT hashtextextended(txid_current()::text || ' began at ' || extract(epoch FROM transaction_timestamp())::text, 0)
$$
"""
REWRITE = """
DO $do$
DECLARE
    held regproc;
BEGIN
    FOREACH held IN ARRAY ARRAY['keep_sealed_rows', 'keep_agreed_version', 'keep_agreed_hours']::regproc[] LOOP
        EXECUTE replace(pg_get_functiondef(held), '{old}()', '{new}()');
    END LOOP;
END
$do$
"""


def compare(old: str, new: str) -> str:
    """The functions that hold what was agreed, with another name for the transaction that is under way."""
    return REWRITE.format(old=old, new=new)


class Migration(migrations.Migration):
    dependencies: ClassVar = [("slas", "0016_outages_are_read_from_their_key")]

    operations: ClassVar = [
        InOneStep(
            [
                migrations.RunSQL(THIS_TRANSACTION, "DROP FUNCTION this_transaction()"),
                migrations.RunSQL(
                    compare("txid_current", "this_transaction"), compare("this_transaction", "txid_current")
                ),
            ]
        )
    ]
