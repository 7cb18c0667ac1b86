"""Addresses of an organisation's webhook."""

from django.urls import path

from touchmark.web.hooks import deliveries, webhook

urlpatterns = [
    path("webhook/", webhook.webhook, name="webhook"),
    path("webhook/address", webhook.move, name="webhook_move"),
    path("webhook/secret", webhook.rotate, name="webhook_rotate"),
    path("webhook/secret/retire", webhook.retire, name="webhook_retire"),
    path("webhook/start", webhook.start, name="webhook_start"),
    path("webhook/test", webhook.test, name="webhook_test"),
    path("webhook/end", webhook.end, name="webhook_end"),
    path("webhook/told/", deliveries.log, name="webhook_told"),
    path("webhook/told/since", deliveries.since, name="webhook_told_since"),
    path("webhook/told/<uuid:message_id>", deliveries.one, name="webhook_told_one"),
    path("webhook/told/<uuid:message_id>/replay", deliveries.replay, name="webhook_told_replay"),
]
