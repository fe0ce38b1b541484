"""What words of the tenant's own mean in an agreement is kept with it, and sealed when both sides agreed on it."""

import django.db.models.deletion
import pghistory.utils
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

import portal.tenancy.fields
import portal.tenancy.scope
from portal.tenancy.operations import InOneStep, KeepHistory, ProtectTenantTable, ReferWithinTenant, SealWith


class Migration(migrations.Migration):
    dependencies = [
        ("slas", "0018_amounts_have_the_decimals_of_their_currency"),
        ("tenancy", "0001_initial"),
    ]

    operations = [
        InOneStep(
            [
                migrations.CreateModel(
                    name="WordMeaning",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("words", models.CharField(max_length=80)),
                        ("means", models.CharField(max_length=300)),
                        (
                            "agreement",
                            portal.tenancy.fields.TenantForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="meanings",
                                to="slas.agreement",
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
                migrations.CreateModel(
                    name="WordMeaningEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("pgh_context_id", models.UUIDField(null=True)),
                        ("id", models.BigIntegerField()),
                        ("words", models.CharField(max_length=80)),
                        ("means", models.CharField(max_length=300)),
                        (
                            "agreement",
                            portal.tenancy.fields.TenantForeignKey(
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="slas.agreement",
                            ),
                        ),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="events",
                                to="slas.wordmeaning",
                            ),
                        ),
                        (
                            "tenant",
                            models.ForeignKey(
                                db_constraint=False,
                                default=portal.tenancy.scope.required_tenant_id,
                                editable=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="tenancy.tenant",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                        "default_permissions": (),
                    },
                ),
                migrations.AddConstraint(
                    model_name="wordmeaning",
                    constraint=models.UniqueConstraint(
                        fields=("tenant", "agreement", "words"), name="word_meaning_once"
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="wordmeaning",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "slas_wordmeaningevent" ("agreement_id", "id", "means", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "tenant_id", "words") VALUES (NEW."agreement_id", NEW."id", NEW."means", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."tenant_id", NEW."words"); RETURN NULL;',
                            hash="bd695f910282d1f98de12657be8d1e32b2bf742b",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_5a6c9",
                            table="slas_wordmeaning",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="wordmeaning",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "slas_wordmeaningevent" ("agreement_id", "id", "means", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "tenant_id", "words") VALUES (NEW."agreement_id", NEW."id", NEW."means", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."tenant_id", NEW."words"); RETURN NULL;',
                            hash="1d575c094f602ed2e69c264c7c2132572d55ada4",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_feec3",
                            table="slas_wordmeaning",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="wordmeaning",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "slas_wordmeaningevent" ("agreement_id", "id", "means", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "tenant_id", "words") VALUES (OLD."agreement_id", OLD."id", OLD."means", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."tenant_id", OLD."words"); RETURN NULL;',
                            hash="2b468c7d9910ab1b3e646cbb6ce84d9ea4a039b4",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_71b00",
                            table="slas_wordmeaning",
                            when="AFTER",
                        ),
                    ),
                ),
                ProtectTenantTable("wordmeaning"),
                ReferWithinTenant("wordmeaning"),
                SealWith("wordmeaning", ["agreement"]),
                KeepHistory("wordmeaningevent"),
            ]
        ),
    ]
