"""A signature keeps its text as it was written, and how it was given; parties without users sign by link or on paper."""

from typing import Any

import django.db.models.deletion
import pghistory.utils
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

import portal.tenancy.fields
import portal.tenancy.scope
from portal.tenancy.operations import (
    CreateTables,
    InOneStep,
    KeepHistory,
    ProtectTenantTable,
    ReferWithinTenant,
    SealWith,
)
from slas.calculation.proof import canonical


def keep_written_texts(apps: Any, _schema_editor: Any) -> None:
    """Texts were kept as values; their one written form has the fingerprint that was accepted."""
    for name in ("Acceptance", "AcceptanceEvent"):
        rows = apps.get_model("slas", name)._base_manager
        for row in rows.all():
            rows.filter(pk=row.pk).update(written=canonical(row.text))


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_tenant_walls"),
        ("slas", "0011_promises_start_from_templates"),
        ("tenancy", "0001_initial"),
    ]

    operations = [
        CreateTables(
            [
                migrations.CreateModel(
                    name="AgreementDocument",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[("annex", "Part of the agreement"), ("signed_copy", "Signed copy")],
                                max_length=11,
                            ),
                        ),
                        ("name", models.CharField(max_length=120)),
                        (
                            "media_type",
                            models.CharField(
                                choices=[("application/pdf", "PDF"), ("image/png", "PNG"), ("image/jpeg", "JPEG")],
                                max_length=15,
                            ),
                        ),
                        ("sha256", models.CharField(max_length=64)),
                        ("size", models.PositiveIntegerField()),
                        ("uploaded_at", models.DateTimeField()),
                    ],
                ),
                migrations.CreateModel(
                    name="AgreementDocumentEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("pgh_context_id", models.UUIDField(null=True)),
                        ("id", models.BigIntegerField()),
                        (
                            "kind",
                            models.CharField(
                                choices=[("annex", "Part of the agreement"), ("signed_copy", "Signed copy")],
                                max_length=11,
                            ),
                        ),
                        ("name", models.CharField(max_length=120)),
                        (
                            "media_type",
                            models.CharField(
                                choices=[("application/pdf", "PDF"), ("image/png", "PNG"), ("image/jpeg", "JPEG")],
                                max_length=15,
                            ),
                        ),
                        ("sha256", models.CharField(max_length=64)),
                        ("size", models.PositiveIntegerField()),
                        ("uploaded_at", models.DateTimeField()),
                    ],
                    options={
                        "abstract": False,
                        "default_permissions": (),
                    },
                ),
                migrations.CreateModel(
                    name="PartyContact",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.CharField(max_length=120)),
                        ("role", models.CharField(max_length=120)),
                        ("email", models.EmailField(max_length=254)),
                        ("is_active", models.BooleanField(default=True)),
                    ],
                ),
                migrations.CreateModel(
                    name="PartyContactEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("pgh_context_id", models.UUIDField(null=True)),
                        ("id", models.BigIntegerField()),
                        ("name", models.CharField(max_length=120)),
                        ("role", models.CharField(max_length=120)),
                        ("email", models.EmailField(max_length=254)),
                        ("is_active", models.BooleanField(default=True)),
                    ],
                    options={
                        "abstract": False,
                        "default_permissions": (),
                    },
                ),
                migrations.CreateModel(
                    name="SignatureRequest",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("fingerprint", models.CharField(max_length=64)),
                        ("token_hash", models.CharField(max_length=64)),
                        ("asked_at", models.DateTimeField()),
                        ("expires_at", models.DateTimeField()),
                        ("used_at", models.DateTimeField(blank=True, null=True)),
                        ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                    ],
                ),
                migrations.CreateModel(
                    name="SignatureRequestEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("pgh_context_id", models.UUIDField(null=True)),
                        ("id", models.BigIntegerField()),
                        ("fingerprint", models.CharField(max_length=64)),
                        ("token_hash", models.CharField(max_length=64)),
                        ("asked_at", models.DateTimeField()),
                        ("expires_at", models.DateTimeField()),
                        ("used_at", models.DateTimeField(blank=True, null=True)),
                        ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        "abstract": False,
                        "default_permissions": (),
                    },
                ),
                migrations.AddField(
                    model_name="agreementdocument",
                    name="agreement",
                    field=portal.tenancy.fields.TenantForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="documents", to="slas.agreement"
                    ),
                ),
                migrations.AddField(
                    model_name="agreementdocument",
                    name="tenant",
                    field=models.ForeignKey(
                        default=portal.tenancy.scope.required_tenant_id,
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tenancy.tenant",
                    ),
                ),
                migrations.AddField(
                    model_name="agreementdocument",
                    name="uploaded_by",
                    field=portal.tenancy.fields.TenantForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.membership"
                    ),
                ),
                migrations.AddField(
                    model_name="agreementdocumentevent",
                    name="agreement",
                    field=portal.tenancy.fields.TenantForeignKey(
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="slas.agreement",
                    ),
                ),
                migrations.AddField(
                    model_name="agreementdocumentevent",
                    name="pgh_obj",
                    field=models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="slas.agreementdocument",
                    ),
                ),
                migrations.AddField(
                    model_name="agreementdocumentevent",
                    name="tenant",
                    field=models.ForeignKey(
                        db_constraint=False,
                        default=portal.tenancy.scope.required_tenant_id,
                        editable=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="tenancy.tenant",
                    ),
                ),
                migrations.AddField(
                    model_name="agreementdocumentevent",
                    name="uploaded_by",
                    field=portal.tenancy.fields.TenantForeignKey(
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="accounts.membership",
                    ),
                ),
                migrations.AddField(
                    model_name="partycontact",
                    name="party",
                    field=portal.tenancy.fields.TenantForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="contacts", to="slas.party"
                    ),
                ),
                migrations.AddField(
                    model_name="partycontact",
                    name="tenant",
                    field=models.ForeignKey(
                        default=portal.tenancy.scope.required_tenant_id,
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tenancy.tenant",
                    ),
                ),
                migrations.AddField(
                    model_name="partycontactevent",
                    name="party",
                    field=portal.tenancy.fields.TenantForeignKey(
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="slas.party",
                    ),
                ),
                migrations.AddField(
                    model_name="partycontactevent",
                    name="pgh_obj",
                    field=models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="slas.partycontact",
                    ),
                ),
                migrations.AddField(
                    model_name="partycontactevent",
                    name="tenant",
                    field=models.ForeignKey(
                        db_constraint=False,
                        default=portal.tenancy.scope.required_tenant_id,
                        editable=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="tenancy.tenant",
                    ),
                ),
                migrations.AddField(
                    model_name="signaturerequest",
                    name="agreement",
                    field=portal.tenancy.fields.TenantForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="signature_requests",
                        to="slas.agreement",
                    ),
                ),
                migrations.AddField(
                    model_name="signaturerequest",
                    name="asked_by",
                    field=portal.tenancy.fields.TenantForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.membership"
                    ),
                ),
                migrations.AddField(
                    model_name="signaturerequest",
                    name="contact",
                    field=portal.tenancy.fields.TenantForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="signature_requests",
                        to="slas.partycontact",
                    ),
                ),
                migrations.AddField(
                    model_name="signaturerequest",
                    name="tenant",
                    field=models.ForeignKey(
                        default=portal.tenancy.scope.required_tenant_id,
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tenancy.tenant",
                    ),
                ),
                migrations.AddField(
                    model_name="signaturerequestevent",
                    name="agreement",
                    field=portal.tenancy.fields.TenantForeignKey(
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="slas.agreement",
                    ),
                ),
                migrations.AddField(
                    model_name="signaturerequestevent",
                    name="asked_by",
                    field=portal.tenancy.fields.TenantForeignKey(
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="accounts.membership",
                    ),
                ),
                migrations.AddField(
                    model_name="signaturerequestevent",
                    name="contact",
                    field=portal.tenancy.fields.TenantForeignKey(
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="slas.partycontact",
                    ),
                ),
                migrations.AddField(
                    model_name="signaturerequestevent",
                    name="pgh_obj",
                    field=models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="slas.signaturerequest",
                    ),
                ),
                migrations.AddField(
                    model_name="signaturerequestevent",
                    name="tenant",
                    field=models.ForeignKey(
                        db_constraint=False,
                        default=portal.tenancy.scope.required_tenant_id,
                        editable=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="tenancy.tenant",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="agreementdocument",
                    constraint=models.UniqueConstraint(
                        fields=("tenant", "agreement", "kind", "name"), name="agreement_document_name"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="agreementdocument",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("kind__in", ["annex", "signed_copy"])), name="document_kind_known"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="agreementdocument",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("media_type__in", ["application/pdf", "image/png", "image/jpeg"])),
                        name="document_type_known",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="agreementdocument",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "slas_agreementdocumentevent" ("agreement_id", "id", "kind", "media_type", "name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sha256", "size", "tenant_id", "uploaded_at", "uploaded_by_id") VALUES (NEW."agreement_id", NEW."id", NEW."kind", NEW."media_type", NEW."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."sha256", NEW."size", NEW."tenant_id", NEW."uploaded_at", NEW."uploaded_by_id"); RETURN NULL;',
                            hash="3f4f1934e03692e7579a427287aa3d5272b3e522",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_78e07",
                            table="slas_agreementdocument",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="agreementdocument",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "slas_agreementdocumentevent" ("agreement_id", "id", "kind", "media_type", "name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sha256", "size", "tenant_id", "uploaded_at", "uploaded_by_id") VALUES (NEW."agreement_id", NEW."id", NEW."kind", NEW."media_type", NEW."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."sha256", NEW."size", NEW."tenant_id", NEW."uploaded_at", NEW."uploaded_by_id"); RETURN NULL;',
                            hash="e300b0df420eec23208fd8a5f46ad695890308fb",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_26abe",
                            table="slas_agreementdocument",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="agreementdocument",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "slas_agreementdocumentevent" ("agreement_id", "id", "kind", "media_type", "name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sha256", "size", "tenant_id", "uploaded_at", "uploaded_by_id") VALUES (OLD."agreement_id", OLD."id", OLD."kind", OLD."media_type", OLD."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."sha256", OLD."size", OLD."tenant_id", OLD."uploaded_at", OLD."uploaded_by_id"); RETURN NULL;',
                            hash="af4da393ea7b3640c64a47548658870f0b493ee6",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_94177",
                            table="slas_agreementdocument",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.AddConstraint(
                    model_name="partycontact",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("is_active", True)),
                        fields=("tenant", "party", "email"),
                        name="party_contact_once",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="partycontact",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "slas_partycontactevent" ("email", "id", "is_active", "name", "party_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role", "tenant_id") VALUES (NEW."email", NEW."id", NEW."is_active", NEW."name", NEW."party_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."role", NEW."tenant_id"); RETURN NULL;',
                            hash="f5a36e8beee9fe6415007dc196e8496ac6b5e842",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_c65c5",
                            table="slas_partycontact",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="partycontact",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "slas_partycontactevent" ("email", "id", "is_active", "name", "party_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role", "tenant_id") VALUES (NEW."email", NEW."id", NEW."is_active", NEW."name", NEW."party_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."role", NEW."tenant_id"); RETURN NULL;',
                            hash="523d3e4905e193f7fc0c4d6962e400d94f2749d5",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_a840a",
                            table="slas_partycontact",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="partycontact",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "slas_partycontactevent" ("email", "id", "is_active", "name", "party_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role", "tenant_id") VALUES (OLD."email", OLD."id", OLD."is_active", OLD."name", OLD."party_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."role", OLD."tenant_id"); RETURN NULL;',
                            hash="f168620ac0dd076cbaac99297d371ee7b825417d",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_0e36a",
                            table="slas_partycontact",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.AddConstraint(
                    model_name="signaturerequest",
                    constraint=models.UniqueConstraint(fields=("tenant", "token_hash"), name="signature_request_token"),
                ),
                migrations.AddConstraint(
                    model_name="signaturerequest",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("used_at", None), ("withdrawn_at", None)),
                        fields=("tenant", "agreement", "contact"),
                        name="signature_request_open_once",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="signaturerequest",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("expires_at__gt", models.F("asked_at"))),
                        name="signature_request_ends_after_start",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="signaturerequest",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("used_at", None), ("withdrawn_at", None), _connector="OR"),
                        name="signature_request_used_or_withdrawn",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="signaturerequest",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "slas_signaturerequestevent" ("agreement_id", "asked_at", "asked_by_id", "contact_id", "expires_at", "fingerprint", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "tenant_id", "token_hash", "used_at", "withdrawn_at") VALUES (NEW."agreement_id", NEW."asked_at", NEW."asked_by_id", NEW."contact_id", NEW."expires_at", NEW."fingerprint", NEW."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."tenant_id", NEW."token_hash", NEW."used_at", NEW."withdrawn_at"); RETURN NULL;',
                            hash="bbe358643b868fd0c9781eeb09bf500ca946cddc",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_5a02b",
                            table="slas_signaturerequest",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="signaturerequest",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "slas_signaturerequestevent" ("agreement_id", "asked_at", "asked_by_id", "contact_id", "expires_at", "fingerprint", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "tenant_id", "token_hash", "used_at", "withdrawn_at") VALUES (NEW."agreement_id", NEW."asked_at", NEW."asked_by_id", NEW."contact_id", NEW."expires_at", NEW."fingerprint", NEW."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."tenant_id", NEW."token_hash", NEW."used_at", NEW."withdrawn_at"); RETURN NULL;',
                            hash="5c697f88ef7ee4e63cdf90a5237195f0717eb6cb",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_0c0f0",
                            table="slas_signaturerequest",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="signaturerequest",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "slas_signaturerequestevent" ("agreement_id", "asked_at", "asked_by_id", "contact_id", "expires_at", "fingerprint", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "tenant_id", "token_hash", "used_at", "withdrawn_at") VALUES (OLD."agreement_id", OLD."asked_at", OLD."asked_by_id", OLD."contact_id", OLD."expires_at", OLD."fingerprint", OLD."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."tenant_id", OLD."token_hash", OLD."used_at", OLD."withdrawn_at"); RETURN NULL;',
                            hash="5bf234f9b6e1a513c00552251dac57a5b7c39a44",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_59ada",
                            table="slas_signaturerequest",
                            when="AFTER",
                        ),
                    ),
                ),
            ]
        ),
        InOneStep(
            [
                ProtectTenantTable("partycontact"),
                ProtectTenantTable("signaturerequest"),
                ProtectTenantTable("agreementdocument"),
                ReferWithinTenant("partycontact"),
                ReferWithinTenant("signaturerequest"),
                ReferWithinTenant("agreementdocument"),
                KeepHistory("partycontactevent"),
                KeepHistory("signaturerequestevent"),
                KeepHistory("agreementdocumentevent"),
                SealWith("agreementdocument", ["agreement"]),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="acceptance",
                    name="insert_insert",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="acceptance",
                    name="update_update",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="acceptance",
                    name="delete_delete",
                ),
                migrations.AddField(
                    model_name="acceptance",
                    name="how",
                    field=models.CharField(
                        choices=[("portal", "In the portal"), ("link", "By one-time link"), ("copy", "On paper")],
                        default="portal",
                        max_length=6,
                    ),
                ),
                migrations.AddField(
                    model_name="acceptance",
                    name="sent_to",
                    field=models.EmailField(blank=True, help_text="Where the one-time link went.", max_length=254),
                ),
                migrations.AddField(
                    model_name="acceptance",
                    name="signed_on",
                    field=models.DateField(blank=True, help_text="The day that stands on the signed copy.", null=True),
                ),
                migrations.AddField(
                    model_name="acceptance", name="written", field=models.TextField(default=""), preserve_default=False
                ),
                migrations.AddField(
                    model_name="acceptanceevent",
                    name="how",
                    field=models.CharField(
                        choices=[("portal", "In the portal"), ("link", "By one-time link"), ("copy", "On paper")],
                        default="portal",
                        max_length=6,
                    ),
                ),
                migrations.AddField(
                    model_name="acceptanceevent",
                    name="sent_to",
                    field=models.EmailField(blank=True, help_text="Where the one-time link went.", max_length=254),
                ),
                migrations.AddField(
                    model_name="acceptanceevent",
                    name="signed_on",
                    field=models.DateField(blank=True, help_text="The day that stands on the signed copy.", null=True),
                ),
                migrations.AddField(
                    model_name="acceptanceevent",
                    name="written",
                    field=models.TextField(default=""),
                    preserve_default=False,
                ),
                migrations.AlterField(
                    model_name="acceptance",
                    name="member",
                    field=portal.tenancy.fields.TenantForeignKey(
                        blank=True,
                        help_text="Who signed here, or wrote down who did.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.membership",
                    ),
                ),
                migrations.AlterField(
                    model_name="acceptanceevent",
                    name="member",
                    field=portal.tenancy.fields.TenantForeignKey(
                        blank=True,
                        help_text="Who signed here, or wrote down who did.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="accounts.membership",
                    ),
                ),
                migrations.AddField(
                    model_name="acceptance",
                    name="document",
                    field=portal.tenancy.fields.TenantForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="slas.agreementdocument",
                    ),
                ),
                migrations.AddField(
                    model_name="acceptanceevent",
                    name="document",
                    field=portal.tenancy.fields.TenantForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="slas.agreementdocument",
                    ),
                ),
                migrations.RunSQL("ALTER TABLE slas_acceptance DISABLE TRIGGER slas_acceptance_sealed"),
            ]
        ),
        migrations.RunPython(keep_written_texts, migrations.RunPython.noop),
        InOneStep(
            [
                migrations.RemoveField(
                    model_name="acceptance",
                    name="text",
                ),
                migrations.RemoveField(
                    model_name="acceptanceevent",
                    name="text",
                ),
                migrations.AddConstraint(
                    model_name="acceptance",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("how__in", ["portal", "link", "copy"])), name="acceptance_how_known"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="acceptance",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("how", "link"), models.Q(("sent_to", ""), _negated=True)),
                            models.Q(models.Q(("how", "link"), _negated=True), ("sent_to", "")),
                            _connector="OR",
                        ),
                        name="acceptance_by_link_has_an_address",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="acceptance",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("document__isnull", False), ("how", "copy"), ("signed_on__isnull", False)),
                            models.Q(models.Q(("how", "copy"), _negated=True), ("document", None), ("signed_on", None)),
                            _connector="OR",
                        ),
                        name="acceptance_on_paper_has_its_copy",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="acceptance",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            (
                                "fingerprint",
                                models.Func(
                                    "written",
                                    output_field=models.TextField(),
                                    template="encode(sha256(convert_to(%(expressions)s, 'UTF8')), 'hex')",
                                ),
                            )
                        ),
                        name="acceptance_names_its_text",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="acceptance",
                    trigger=pgtrigger.compiler.Trigger(
                        name="acceptance_is_frozen",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                            hash="337535c96d4b4041ef078607960c00ddcc022712",
                            operation="UPDATE",
                            pgid="pgtrigger_acceptance_is_frozen_1a199",
                            table="slas_acceptance",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="acceptance",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "slas_acceptanceevent" ("accepted_at", "agreement_id", "document_id", "fingerprint", "how", "id", "member_id", "name", "party_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role", "sent_to", "signed_on", "tenant_id", "written") VALUES (NEW."accepted_at", NEW."agreement_id", NEW."document_id", NEW."fingerprint", NEW."how", NEW."id", NEW."member_id", NEW."name", NEW."party_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."role", NEW."sent_to", NEW."signed_on", NEW."tenant_id", NEW."written"); RETURN NULL;',
                            hash="599f5094f14a9eeddb1742e54e26fe26d11ef171",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_ca24b",
                            table="slas_acceptance",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="acceptance",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "slas_acceptanceevent" ("accepted_at", "agreement_id", "document_id", "fingerprint", "how", "id", "member_id", "name", "party_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role", "sent_to", "signed_on", "tenant_id", "written") VALUES (NEW."accepted_at", NEW."agreement_id", NEW."document_id", NEW."fingerprint", NEW."how", NEW."id", NEW."member_id", NEW."name", NEW."party_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."role", NEW."sent_to", NEW."signed_on", NEW."tenant_id", NEW."written"); RETURN NULL;',
                            hash="38705f147f4c69088f51abb36c9c55a0d08a53d9",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_20401",
                            table="slas_acceptance",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="acceptance",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "slas_acceptanceevent" ("accepted_at", "agreement_id", "document_id", "fingerprint", "how", "id", "member_id", "name", "party_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role", "sent_to", "signed_on", "tenant_id", "written") VALUES (OLD."accepted_at", OLD."agreement_id", OLD."document_id", OLD."fingerprint", OLD."how", OLD."id", OLD."member_id", OLD."name", OLD."party_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."role", OLD."sent_to", OLD."signed_on", OLD."tenant_id", OLD."written"); RETURN NULL;',
                            hash="6c5ce6e5be8b16fe3eda17f875c3c6104e0994ba",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_201a4",
                            table="slas_acceptance",
                            when="AFTER",
                        ),
                    ),
                ),
                ReferWithinTenant("acceptance", "document"),
                migrations.RunSQL("ALTER TABLE slas_acceptance ENABLE TRIGGER slas_acceptance_sealed"),
            ]
        ),
    ]
