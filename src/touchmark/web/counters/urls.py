from django.urls import path

from touchmark.web.counters import holder, seller

urlpatterns = [
    path("seller/notices/<str:ref>/answer/", seller.answer, name="seller_answer_notice"),
    path("seller/answers/", seller.answers, name="seller_answers"),
    path("seller/answers/<str:ref>/", seller.one, name="seller_answer"),
    path("seller/answers/<str:ref>/complete/", seller.complete, name="seller_answer_complete"),
    path("seller/answers/<str:ref>/withdraw/", seller.withdraw, name="seller_answer_withdraw"),
    path("holder/answers/", holder.answers, name="holder_answers"),
    path("holder/answers/<str:ref>/", holder.one, name="holder_answer"),
    path("holder/notices/<str:ref>/retract/", holder.retract, name="holder_notice_retract"),
]
