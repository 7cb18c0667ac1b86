"""
Addresses of the desk. Words that stand second in one of these cannot be a marketplace's slug.

A listing's id is what its marketplace made of it, a slash included: it stands last.
"""

from importlib.util import find_spec

from django.urls import include, path

from touchmark.web.desk import (
    again,
    answers,
    appeals,
    bulk,
    buyers,
    day_figure,
    decisions,
    deliveries,
    examinations,
    find,
    good_faith,
    home,
    listing,
    notices,
    queue,
    second_eyes,
    sellers,
    sharing,
    statements,
)

urlpatterns = [
    path("desk/", queue.queue, name="desk_queue"),
    path("desk/answers/", answers.answers, name="desk_answers"),
    path("desk/answers/<str:ref>/", answers.one, name="desk_answer"),
    path("desk/good-faith/", good_faith.good_faith, name="desk_good_faith"),
    path("desk/good-faith/<int:organisation_id>/<str:side>/", good_faith.one, name="desk_record"),
    path("desk/notices/<str:ref>/", notices.notice, name="desk_notice"),
    path("desk/examinations/<str:ref>/", examinations.examinations, name="desk_examinations"),
    path("desk/appeals/", appeals.appeals, name="desk_appeals"),
    path("desk/appeals/<str:ref>/", appeals.appeal, name="desk_appeal"),
    path("desk/decisions/", decisions.decisions, name="desk_decisions"),
    path("desk/decisions/<str:ref>/", decisions.decision, name="desk_decision"),
    path("desk/buyers/", buyers.informing, name="desk_informing"),
    path("desk/decisions/<str:ref>/buyers/", buyers.act, name="desk_buyers"),
    path("desk/decisions/<str:ref>/messages/", sellers.thread, name="desk_messages"),
    path("desk/decisions/<str:ref>/answer/", sellers.answer, name="desk_seller_answer"),
    path("desk/statements/", statements.refused, name="desk_statements"),
    path("desk/statements/<str:ref>/again/", statements.again, name="desk_statement_again"),
    path("desk/sellers/", sellers.waiting, name="desk_sellers"),
    path("desk/sellers/<slug:marketplace>/<path:seller_id>/", sellers.seller, name="desk_seller"),
    path("desk/find/", find.find, name="desk_find"),
    path("desk/next/", sharing.following, name="desk_next"),
    path("desk/hand-all-over/", sharing.hand_all_over, name="desk_hand_all_over"),
    path("desk/filters/", sharing.keep_filter, name="desk_keep_filter"),
    path("desk/filters/drop/", sharing.drop_filter, name="desk_drop_filter"),
    path("desk/filters/share/", sharing.share_filter, name="desk_share_filter"),
    path("desk/skip/<slug:marketplace>/<path:listing_id>/", sharing.skip, name="desk_skip"),
    path("desk/note/<slug:marketplace>/<path:listing_id>/", sharing.note, name="desk_note"),
    path("desk/hand-over/<slug:marketplace>/<path:listing_id>/", sharing.hand_over, name="desk_hand_over"),
    path("desk/alike/<slug:marketplace>/<path:listing_id>/", bulk.alike, name="desk_alike"),
    path("desk/many/<str:ref>/", bulk.many, name="desk_many"),
    path("desk/many/<str:ref>/go-on/", bulk.go_on, name="desk_many_go_on"),
    path("desk/many/<str:ref>/undo/", bulk.undo, name="desk_many_undo"),
    path("desk/proposals/<str:ref>/confirm/", second_eyes.confirm, name="desk_confirm"),
    path("desk/proposals/<str:ref>/send-back/", second_eyes.send_back, name="desk_send_back"),
    path("desk/again/", again.waiting, name="desk_again"),
    path("desk/again/<int:redraw>/", again.look, name="desk_look_again"),
    path("desk/home/", home.home, name="desk_home"),
    path("desk/home/24-hours/", day_figure.figure, name="desk_day_figure"),
    path("desk/deliveries/", deliveries.deliveries, name="desk_deliveries"),
    path("desk/deliveries/<uuid:message_id>/again/", deliveries.send_again, name="desk_send_again"),
    *([path("", include("touchmark.web.desk.rights_urls"))] if find_spec("touchmark.web.desk.rights_urls") else []),
    path("desk/preview/<slug:marketplace>/<path:listing_id>/", queue.preview, name="desk_preview"),
    path("desk/statement/<slug:marketplace>/<path:listing_id>/", listing.statement, name="desk_statement"),
    path("desk/<slug:marketplace>/<path:listing_id>/", listing.listing, name="desk_listing"),
]
