"""Addresses of connected marketplaces."""

from django.urls import path

from touchmark.web.shops import deliveries, marketplaces

urlpatterns = [
    path("marketplaces", marketplaces.marketplaces, name="marketplaces"),
    path("marketplaces/<slug:slug>", marketplaces.marketplace, name="marketplace"),
    path("marketplaces/<slug:slug>/address", marketplaces.move, name="marketplace_move"),
    path("marketplaces/<slug:slug>/secret", marketplaces.rotate, name="marketplace_rotate"),
    path("marketplaces/<slug:slug>/secret/retire", marketplaces.retire, name="marketplace_retire"),
    path("marketplaces/<slug:slug>/plan", marketplaces.plan, name="marketplace_plan"),
    path("marketplaces/<slug:slug>/test", marketplaces.test, name="marketplace_test"),
    path("marketplaces/<slug:slug>/tokens/new", marketplaces.new_token, name="marketplace_token"),
    path("marketplaces/<slug:slug>/tokens/<int:client_id>/end", marketplaces.end_token, name="marketplace_token_end"),
    path("marketplaces/<slug:slug>/deliveries", deliveries.log, name="marketplace_deliveries"),
    path("marketplaces/<slug:slug>/deliveries/<uuid:message_id>", deliveries.one, name="marketplace_delivery"),
    path("marketplaces/<slug:slug>/deliveries/<uuid:message_id>/replay", deliveries.replay, name="marketplace_replay"),
]
