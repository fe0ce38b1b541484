"""Each edition has a code by which anybody can verify a file of it; those issued already get theirs here."""

from typing import ClassVar

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

import portal.tenancy.fields
import portal.tenancy.scope
from portal.tenancy.operations import InOneStep, ProtectTenantTable, ReferWithinTenant

# Two random UUIDs hold 244 random bits; 128 of their SHA-256 are the code. What was issued is frozen: the trigger
# stands aside while each row gets its code, and so does the row policy for an owner who cannot pass it.
GIVE_CODES = """
ALTER TABLE reporting_edition DISABLE TRIGGER USER;
ALTER TABLE reporting_edition NO FORCE ROW LEVEL SECURITY;
UPDATE reporting_edition SET verify_code =
    left(encode(sha256((gen_random_uuid()::text || gen_random_uuid()::text)::bytea), 'hex'), 32);
ALTER TABLE reporting_edition FORCE ROW LEVEL SECURITY;
ALTER TABLE reporting_edition ENABLE TRIGGER USER;
"""


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("reporting", "0004_anchors_hold_two_addresses"),
        ("tenancy", "0001_initial"),
    ]

    operations: ClassVar = [
        migrations.AddField("edition", "verify_code", models.CharField(max_length=32, null=True)),
        InOneStep(
            [
                migrations.RunSQL(GIVE_CODES, migrations.RunSQL.noop),
                migrations.AlterField("edition", "verify_code", models.CharField(max_length=32)),
                migrations.AddConstraint(
                    model_name="edition",
                    constraint=models.UniqueConstraint(fields=("tenant", "verify_code"), name="edition_verify_code"),
                ),
                migrations.CreateModel(
                    name="EditionFile",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("sha256", models.CharField(max_length=64)),
                        ("made_at", models.DateTimeField()),
                        (
                            "edition",
                            portal.tenancy.fields.TenantForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="files",
                                to="reporting.edition",
                            ),
                        ),
                        (
                            "tenant",
                            models.ForeignKey(
                                default=portal.tenancy.scope.required_tenant_id,
                                editable=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="tenancy.tenant",
                            ),
                        ),
                    ],
                ),
                migrations.AddConstraint(
                    model_name="editionfile",
                    constraint=models.UniqueConstraint(
                        fields=("tenant", "edition", "sha256"), name="edition_file_once"
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="editionfile",
                    trigger=pgtrigger.compiler.Trigger(
                        name="edition_file_is_kept",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="62fcf091e0e0ff62dac267dabc56d8bb07bc7676",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_edition_file_is_kept_38890",
                            table="reporting_editionfile",
                            when="BEFORE",
                        ),
                    ),
                ),
                ProtectTenantTable("editionfile"),
                ReferWithinTenant("editionfile"),
            ]
        ),
    ]
