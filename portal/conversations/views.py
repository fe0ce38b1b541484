"""Talking in the browser: conversations, comments and notices."""

from http import HTTPStatus
from math import ceil

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal import clock
from portal.accounts.policies import authorise, can
from portal.accounts.views.guests import for_guests
from portal.conversations import actions, queries
from portal.conversations.forms import CommentForm, MailForm, RaiseForm, StartForm
from portal.conversations.models import Conversation, Level, NoticeKind
from portal.pages import attempt, form_page, get_or_404, respond, sent
from portal.tenancy.errors import Refusal
from portal.tenancy.middleware import TenantRequest

PAGE = 25
MAIL_OFF = "conversations/mail_off.html"


@require_safe
def conversation_list(request: TenantRequest, tenant: str) -> HttpResponse:
    """What business and IT talk about, narrowed by level and unit."""
    chosen = {name: request.GET.getlist(name) for name in ("level", "unit")}
    found = queries.list_conversations(reader=request.membership, levels=chosen["level"], units=chosen["unit"])
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": queries.list_rows(conversations=page.object_list, time_zone=request.tenant.time_zone),
        "groups": queries.list_filters(reader=request.membership, chosen=chosen),
        "is_narrowed": any(chosen.values()),
        "may_write": can(request.membership, "comment.write"),
    }
    return respond(request, "conversations/conversation_list.html", "list", context)


@require_safe
def conversation_detail(request: TenantRequest, tenant: str, conversation_id: int) -> HttpResponse:
    """All that was said, and the way to answer."""
    conversation = _get(request, conversation_id)
    return _show(request, conversation, CommentForm())


def conversation_start(request: TenantRequest, tenant: str) -> HttpResponse:
    """A new conversation."""
    authorise(request.membership, "comment.write")
    form = StartForm(sent(request), reader=request.membership, today=clock.today(request.tenant.time_zone))
    started = attempt(form, lambda data: actions.start_conversation(by=request.membership, now=clock.now(), **data))
    if started:
        return redirect("conversation_detail", tenant=tenant, conversation_id=started.pk)
    back = reverse("conversation_list", kwargs={"tenant": tenant})
    return form_page(request, form, title=_("Start a talk"), send=_("Send"), back=back)


@require_POST
def comment_add(request: TenantRequest, tenant: str, conversation_id: int) -> HttpResponse:
    """One more comment; by htmx the thread is answered, without script its page."""
    conversation = _get(request, conversation_id)
    authorise(request.membership, "comment.write")
    form = CommentForm(request.POST)
    added = attempt(
        form,
        lambda data: actions.add_comment(
            conversation=conversation, by=request.membership, now=clock.now(), text=data["text"]
        ),
    )
    if added is None:
        return _show(request, conversation, form, status=422)
    if request.htmx:
        return _show(request, conversation, CommentForm())
    address = reverse("conversation_detail", kwargs={"tenant": tenant, "conversation_id": conversation.pk})
    return redirect(f"{address}#comment-{added.pk}")


@require_POST
def conversation_close(request: TenantRequest, tenant: str, conversation_id: int) -> HttpResponse:
    """Nothing more needs to be said."""
    conversation = _get(request, conversation_id)
    authorise(request.membership, "comment.write")
    try:
        actions.close_conversation(conversation=conversation, by=request.membership, now=clock.now())
    except Refusal as refusal:
        messages.info(request, str(refusal))
    return redirect("conversation_detail", tenant=tenant, conversation_id=conversation.pk)


def conversation_raise(request: TenantRequest, tenant: str, conversation_id: int) -> HttpResponse:
    """Take a talk to the next level, with a reason."""
    conversation = _get(request, conversation_id)
    authorise(request.membership, "comment.write")
    form = RaiseForm(sent(request))
    raised = attempt(
        form,
        lambda data: actions.raise_level(conversation=conversation, by=request.membership, now=clock.now(), **data),
    )
    if raised:
        return redirect("conversation_detail", tenant=tenant, conversation_id=conversation.pk)
    back = reverse("conversation_detail", kwargs={"tenant": tenant, "conversation_id": conversation.pk})
    intro = _("From day to day to planning, from planning to direction. Both sides are told.")
    return form_page(request, form, title=conversation.subject, intro=intro, send=_("Raise it"), back=back)


@require_safe
def notification_list(request: TenantRequest, tenant: str) -> HttpResponse:
    """What the reader was told."""
    return _show_notices(request)


@require_POST
def notification_read(request: TenantRequest, tenant: str, notification_id: int) -> HttpResponse:
    """The reader has seen one notice."""
    notice = get_or_404(queries.get_notification, member=request.membership, notification_id=notification_id)
    actions.read_notification(notification=notice, now=clock.now())
    return _show_notices(request) if request.htmx else redirect("notification_list", tenant=tenant)


@require_POST
def notification_read_all(request: TenantRequest, tenant: str) -> HttpResponse:
    """The reader has seen all notices."""
    actions.read_all_notifications(member=request.membership, now=clock.now())
    return _show_notices(request) if request.htmx else redirect("notification_list", tenant=tenant)


def mail_choices(request: TenantRequest, tenant: str) -> HttpResponse:
    """When and about what the reader gets mail."""
    member = request.membership
    form = MailForm(
        sent(request),
        choice=queries.find_choice(member=member),
        muted=queries.list_muted(member=member),
        tenant_zone=request.tenant.time_zone,
    )
    if attempt(form, lambda data: actions.choose_mail(member=member, now=clock.now(), **data)):
        messages.success(request, _("Your mail comes as you chose."))
        return redirect("mail_choices", tenant=tenant)
    back = reverse("notification_list", kwargs={"tenant": tenant})
    return form_page(request, form, title=_("How you get mail"), send=_("Save"), back=back)


def _too_many(request: TenantRequest, wait: float | None) -> HttpResponse:
    response = render(request, MAIL_OFF, {"must_wait": True}, status=HTTPStatus.TOO_MANY_REQUESTS)
    response["Retry-After"] = str(ceil(wait or 1))
    return response


@csrf_exempt  # mail programs send it in one click, without a page of ours before it; the token is the secret
@require_http_methods(["GET", "HEAD", "POST"])
@for_guests("mail", _too_many)
def mail_off(request: TenantRequest, tenant: str, token: str) -> HttpResponse:
    """Do without more mail of a kind, from the mail itself: looking changes nothing, sending does."""
    member, kinds = get_or_404(queries.read_unsubscribe_token, token=token)
    if request.method == "POST":
        actions.unsubscribe(member=member, kinds=kinds, now=clock.now())
    names = [NoticeKind(kind).label for kind in kinds]
    return render(request, MAIL_OFF, {"names": names, "is_done": request.method == "POST"})


def _get(request: TenantRequest, conversation_id: int) -> Conversation:
    return get_or_404(queries.get_conversation, reader=request.membership, conversation_id=conversation_id)


def _show(request: TenantRequest, conversation: Conversation, form: CommentForm, *, status: int = 200) -> HttpResponse:
    address = {"tenant": request.tenant.slug, "conversation_id": conversation.pk}
    talk = queries.get_page(conversation=conversation, time_zone=request.tenant.time_zone)
    context = {
        "talk": talk,
        "form": form,
        "may_write": can(request.membership, "comment.write") and not talk.is_closed,
        "reply_url": reverse("comment_add", kwargs=address),
        "raise_url": "" if conversation.level == Level.STRATEGIC else reverse("conversation_raise", kwargs=address),
        "close_url": reverse("conversation_close", kwargs=address),
        "place_url": reverse("conversation_place", kwargs=address),
        "crumbs": [(_("Talk"), reverse("conversation_list", kwargs={"tenant": request.tenant.slug}))],
    }
    return respond(request, "conversations/conversation_detail.html", "thread", context, status=status)


def _show_notices(request: TenantRequest) -> HttpResponse:
    notices = queries.list_notifications(member=request.membership)
    page = Paginator(notices, PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "unread": queries.count_unread(member=request.membership)}
    return respond(request, "conversations/notification_list.html", "list", context)
