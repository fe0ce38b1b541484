"""Prices and worths that were written as hundredths of a currency without hundredths are put right.

They were written so before `slas` 0018 came, and are read in minor units of their currency since: of yen a hundred times
too much, of dinars of Kuwait a tenth. What was written anew since then is right already and stays; the history of each
row tells the two apart, and keeps what stood there. Half a minor unit, which no currency has, is rounded up.
"""

from typing import ClassVar

from django.db import migrations

from portal.language.currencies import DECIMALS, USUAL
from portal.tenancy.operations import InOneStep

PLACES = ", ".join(f"('{currency}', {places})" for currency, places in sorted(DECIMALS.items()))
AMOUNTS = (("catalog_serviceoffering", "price_minor"), ("reporting_impactprofile", "unit_value_minor"))
SINCE = """(SELECT coalesce(min(applied), now()) FROM django_migrations
            WHERE app = 'slas' AND name = '0018_amounts_have_the_decimals_of_their_currency')"""


def put_right(table: str, column: str) -> list[str]:
    """The statements for one column; the row policies stand aside for an owner who cannot pass them."""
    both = (table, f"{table}event")
    return [
        "SET CONSTRAINTS ALL IMMEDIATE",  # what waits for the end of the transaction would keep tables from being altered
        *(f"ALTER TABLE {each} NO FORCE ROW LEVEL SECURITY" for each in both),
        f"""
        UPDATE {table} AS held SET {column} = round(held.{column} * power(10::numeric, money.places - {USUAL}))
        FROM tenancy_tenant AS tenant JOIN (VALUES {PLACES}) AS money (currency, places) USING (currency)
        WHERE tenant.id = held.tenant_id
          AND held.{column} = (
              SELECT was.{column} FROM {table}event AS was
              WHERE was.pgh_obj_id = held.id AND was.pgh_created_at < {SINCE} ORDER BY was.pgh_id DESC LIMIT 1)
          AND NOT EXISTS (
              SELECT FROM {table}event AS since
              WHERE since.pgh_obj_id = held.id AND since.pgh_created_at >= {SINCE}
                AND since.{column} IS DISTINCT FROM held.{column})
        """,  # noqa: S608 - of our own names
        *(f"ALTER TABLE {each} FORCE ROW LEVEL SECURITY" for each in both),
    ]


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("catalog", "0002_tenant_walls"),
        ("reporting", "0008_signed_layouts_stay_as_they_are"),
        ("slas", "0018_amounts_have_the_decimals_of_their_currency"),
    ]

    operations: ClassVar = [
        InOneStep([migrations.RunSQL(put_right(*each), migrations.RunSQL.noop) for each in AMOUNTS])
    ]
