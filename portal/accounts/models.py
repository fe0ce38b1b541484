"""People, the business units they belong to, and what lets them in."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models.functions import Lower

from portal.audit.history import tracked
from portal.tenancy.fields import TenantForeignKey
from portal.tenancy.models import SLUG, TenantModel


class UserManager(BaseUserManager["User"]):
    """Makes users by e-mail address."""

    use_in_migrations = True

    def create_user(self, email: str, password: str | None = None, **fields: object) -> "User":
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser, PermissionsMixin):
    """A person who signs in. Global: what they may see is said by their memberships."""

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=120)
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = UserManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    def __str__(self) -> str:
        return self.name

    @property
    def initials(self) -> str:
        """First letters of the first and the last name, for the round or square badge."""
        words = self.name.split() or ["?"]
        return (words[0][:1] + (words[-1][:1] if len(words) > 1 else "")).upper()


class Role(models.TextChoices):
    """What a member is in a tenant."""

    ADMINISTRATOR = "administrator", "Administrator"
    SERVICE_LEVEL_MANAGER = "service_level_manager", "Service level manager"
    SERVICE_OWNER = "service_owner", "Service owner"
    BUSINESS_UNIT_HEAD = "business_unit_head", "Business unit head"
    BUSINESS_MEMBER = "business_member", "Business member"
    AUDITOR = "auditor", "Auditor"


BUSINESS_ROLES = frozenset({Role.BUSINESS_UNIT_HEAD, Role.BUSINESS_MEMBER})
IT_ROLES = frozenset({Role.SERVICE_LEVEL_MANAGER, Role.SERVICE_OWNER})


@tracked
class BusinessUnit(TenantModel):
    """The customer: pays and agrees."""

    slug = models.CharField(max_length=80, validators=[SLUG])
    name = models.CharField(max_length=200)
    retired_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant", "slug"], name="business_unit_slug"),
            models.UniqueConstraint("tenant", Lower("name"), name="business_unit_name"),
        ]

    def __str__(self) -> str:
        return self.name


@tracked
class Membership(TenantModel):
    """A person in a tenant, with one role; business roles see only their units."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=30, choices=Role)
    title = models.CharField(
        max_length=120, blank=True, help_text="How the person is introduced, for example “Order desk”."
    )
    is_active = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant", "user"], name="membership_once"),
            models.CheckConstraint(condition=models.Q(role__in=Role.values), name="membership_role_known"),
        ]

    def __str__(self) -> str:
        return f"{self.user.name}, {self.get_role_display()}"

    @property
    def is_business(self) -> bool:
        """Whether this member speaks for the business."""
        return self.role in BUSINESS_ROLES

    @property
    def is_it(self) -> bool:
        """Whether this member speaks for IT."""
        return self.role in IT_ROLES


@tracked
class MembershipUnit(TenantModel):
    """A business unit that a business member belongs to."""

    membership = TenantForeignKey(Membership, models.CASCADE, related_name="unit_links")
    business_unit = TenantForeignKey(BusinessUnit, models.CASCADE, related_name="member_links")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant", "membership", "business_unit"], name="membership_unit_once")
        ]


@tracked
class Invitation(TenantModel):
    """Lets one address in, with one role, until it expires; only the hash of its secret is kept."""

    email = models.EmailField()
    name = models.CharField(max_length=120)
    role = models.CharField(max_length=30, choices=Role)
    unit_ids = models.JSONField(default=list)
    secret_hash = models.CharField(max_length=64)
    invited_by = TenantForeignKey(Membership, related_name="+")
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant", "secret_hash"], name="invitation_secret"),
            models.CheckConstraint(condition=models.Q(role__in=Role.values), name="invitation_role_known"),
        ]


@tracked
class ApiToken(TenantModel):
    """Lets a program in as one member, within scopes, until expiry or revocation; only the secret's hash is kept."""

    membership = TenantForeignKey(Membership, related_name="tokens")
    name = models.CharField(max_length=120)
    key_id = models.CharField(max_length=16)
    secret_hash = models.CharField(max_length=64)
    scopes = models.JSONField(default=list)
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    last_used_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["tenant", "key_id"], name="api_token_key")]
