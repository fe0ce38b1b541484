"""A review is discussed, signed (with reservations or without) and closed; who signed is kept as they were then."""

from typing import ClassVar

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

from portal.tenancy.operations import InOneStep

# What was acknowledged is signed, by whoever did it, as they are called today. The triggers stand aside, because a
# state is renamed here and not changed; so do the row policies for an owner who cannot pass them.
READ = ("accounts_membership", "reporting_edition", "reporting_servicereview", "reporting_reviewacknowledgement")
ASIDE = "".join(f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY;\n" for table in READ)
BACK = "".join(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY;\n" for table in READ)
SIGN = (
    ASIDE
    + """
ALTER TABLE reporting_servicereview DISABLE TRIGGER USER;
UPDATE reporting_servicereview SET state = 'signed' WHERE state = 'acknowledged';
UPDATE reporting_reviewacknowledgement AS signed
    SET name = left(person.name, 120),
        role = left(coalesce(nullif(member.title, ''), 'Business unit head'), 120),
        fingerprint = edition.page_hash
    FROM accounts_membership AS member, accounts_user AS person, reporting_edition AS edition
    WHERE member.id = signed.by_id AND person.id = member.user_id AND edition.id = signed.edition_id;
ALTER TABLE reporting_servicereview ENABLE TRIGGER USER;
"""
    + BACK
)


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("accounts", "0002_tenant_walls"),
        ("reporting", "0005_editions_are_verified_by_a_code"),
        ("tenancy", "0001_initial"),
    ]

    operations: ClassVar = [
        InOneStep(
            [
                migrations.RemoveConstraint(
                    model_name="servicereview",
                    name="review_state_known",
                ),
                migrations.AddField(
                    model_name="reviewacknowledgement",
                    name="fingerprint",
                    field=models.CharField(default="", max_length=64),
                    preserve_default=False,
                ),
                migrations.AddField(
                    model_name="reviewacknowledgement",
                    name="name",
                    field=models.CharField(default="", max_length=120),
                    preserve_default=False,
                ),
                migrations.AddField(
                    model_name="reviewacknowledgement",
                    name="reservations",
                    field=models.TextField(blank=True, max_length=2000),
                ),
                migrations.AddField(
                    model_name="reviewacknowledgement",
                    name="role",
                    field=models.CharField(default="", max_length=120),
                    preserve_default=False,
                ),
                migrations.AlterField(
                    model_name="servicereview",
                    name="state",
                    field=models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("issued", "Issued"),
                            ("discussed", "In discussion"),
                            ("signed", "Signed"),
                            ("reserved", "Signed with reservations"),
                            ("closed", "Closed"),
                        ],
                        default="draft",
                        max_length=12,
                    ),
                ),
                migrations.AlterField(
                    model_name="servicereviewevent",
                    name="state",
                    field=models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("issued", "Issued"),
                            ("discussed", "In discussion"),
                            ("signed", "Signed"),
                            ("reserved", "Signed with reservations"),
                            ("closed", "Closed"),
                        ],
                        default="draft",
                        max_length=12,
                    ),
                ),
                migrations.RunSQL(SIGN, migrations.RunSQL.noop),
                pgtrigger.migrations.AddTrigger(
                    model_name="reviewacknowledgement",
                    trigger=pgtrigger.compiler.Trigger(
                        name="signature_is_kept",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="3101654673bc7ca169431ec753fbf99eacbd2d8d",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_signature_is_kept_4ebe2",
                            table="reporting_reviewacknowledgement",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="servicereview",
                    trigger=pgtrigger.compiler.Trigger(
                        name="review_moves",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            declare="DECLARE _is_valid_transition BOOLEAN;",
                            func='SELECT CONCAT(OLD."state", \':\', NEW."state") = ANY(\'{draft:issued,issued:discussed,issued:signed,issued:reserved,discussed:signed,discussed:reserved,signed:closed,reserved:closed,discussed:issued,signed:issued,reserved:issued,closed:issued}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."state" IS DISTINCT FROM NEW."state") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "state" from "%" to "%" on table %\', OLD."state", NEW."state", TG_TABLE_NAME; ELSE RETURN NEW; END IF;',
                            hash="75d5f03356668777e7e59417d6118f9d0e5b7540",
                            operation="UPDATE",
                            pgid="pgtrigger_review_moves_f57a2",
                            table="reporting_servicereview",
                            when="BEFORE",
                        ),
                    ),
                ),
                migrations.AddConstraint(
                    model_name="servicereview",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["draft", "issued", "discussed", "signed", "reserved", "closed"])
                        ),
                        name="review_state_known",
                    ),
                ),
            ]
        )
    ]
