"""
Addresses of the desk. Words that stand second in one of these cannot be a marketplace's slug.

A listing's id is what its marketplace made of it, a slash included: it stands last.
"""

from importlib.util import find_spec

from django.urls import include, path

from touchmark.web.desk import appeals, decisions, deliveries, listing, queue, sellers

urlpatterns = [
    path("desk/", queue.queue, name="desk_queue"),
    path("desk/appeals/", appeals.appeals, name="desk_appeals"),
    path("desk/appeals/<str:ref>/", appeals.appeal, name="desk_appeal"),
    path("desk/decisions/", decisions.decisions, name="desk_decisions"),
    path("desk/decisions/<str:ref>/", decisions.decision, name="desk_decision"),
    path("desk/decisions/<str:ref>/messages/", sellers.thread, name="desk_messages"),
    path("desk/decisions/<str:ref>/answer/", sellers.answer, name="desk_seller_answer"),
    path("desk/sellers/", sellers.waiting, name="desk_sellers"),
    path("desk/sellers/<slug:marketplace>/<path:seller_id>/", sellers.seller, name="desk_seller"),
    path("desk/deliveries/", deliveries.deliveries, name="desk_deliveries"),
    path("desk/deliveries/<uuid:message_id>/again/", deliveries.send_again, name="desk_send_again"),
    *([path("", include("touchmark.web.desk.rights_urls"))] if find_spec("touchmark.web.desk.rights_urls") else []),
    path("desk/preview/<slug:marketplace>/<path:listing_id>/", queue.preview, name="desk_preview"),
    path("desk/statement/<slug:marketplace>/<path:listing_id>/", listing.statement, name="desk_statement"),
    path("desk/<slug:marketplace>/<path:listing_id>/", listing.listing, name="desk_listing"),
]
