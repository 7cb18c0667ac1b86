from django.urls import path

from touchmark.web.seller import appeals, record, views

urlpatterns = [
    path("seller/", views.home, name="seller_home"),
    path("seller/decisions/", views.decisions, name="seller_decisions"),
    path("seller/decisions/<str:ref>/", views.decision, name="seller_decision"),
    path("seller/standing/", record.standing, name="seller_standing"),
    path("seller/decisions/<str:ref>/messages/", record.messages, name="seller_messages"),
    path("seller/decisions/<str:ref>/corrected/", views.corrected, name="seller_corrected"),
    path("seller/decisions/<str:ref>/appeal/", appeals.appeal, name="seller_appeal"),
    path("seller/appeals/<str:ref>/", appeals.sent, name="seller_appeal_sent"),
    path("seller/appeals/<str:ref>/withdraw/", appeals.withdraw, name="seller_appeal_withdraw"),
]
