from django.urls import path

from touchmark.web.traders import operator, seller

urlpatterns = [
    path("seller/trader/", seller.trader, name="seller_trader"),
    path("traders/", operator.traders, name="traders"),
    path("traders/<int:organisation_id>/", operator.trader, name="trader"),
    path("traders/<int:organisation_id>/answer/", operator.answer, name="trader_answer"),
]
