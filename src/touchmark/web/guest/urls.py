from django.urls import path

from touchmark.web.guest import answer, appeal, dispute, examination, follow, letter, report, tip

urlpatterns = [
    path("report/", report.start, name="guest_start"),
    path("tip/", tip.tip, name="tip"),
    path("tip/sent/", tip.sent, name="tip_sent"),
    path("report/letter/", letter.letter, name="guest_letter"),
    path("report/<str:kind>/", report.report, name="guest_report"),
    path("report/<str:kind>/sent/", report.sent, name="guest_sent"),
    path("guest/<str:ref>/<str:secret>/confirm/", follow.confirm, name="guest_confirm"),
    path("guest/<str:ref>/<str:secret>/", follow.follow, name="guest_follow"),
    path("guest/<str:ref>/<str:secret>/complete/", follow.complete, name="guest_complete"),
    path("guest/<str:ref>/<str:secret>/appeal/<int:number>/", appeal.appeal, name="guest_appeal"),
    path("guest/<str:ref>/<str:secret>/appeal/<int:number>/body/", dispute.tell, name="guest_dispute_tell"),
    path("guest/<str:ref>/<str:secret>/disputes/<str:dispute>/", dispute.dispute, name="guest_dispute"),
    path("guest/<str:ref>/<str:secret>/disputes/<str:dispute>/end/", dispute.end, name="guest_dispute_end"),
    path(
        "guest/<str:ref>/<str:secret>/examinations/<str:examination>/",
        examination.examination,
        name="guest_examination",
    ),
    path("guest/<str:ref>/<str:secret>/withdraw/", follow.withdraw, name="guest_withdraw"),
    path("guest/<str:ref>/<str:secret>/answers/<str:counter>/", answer.answer, name="guest_answer"),
    path("guest/<str:ref>/<str:secret>/pictures/<str:sha256>/<int:width>", answer.picture, name="guest_picture"),
    path("guest/<str:ref>/<str:secret>/retract/", answer.retract, name="guest_retract"),
]
