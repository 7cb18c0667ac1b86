from django.urls import path

from touchmark.web.holder import appeals, completing, notices, report, views

urlpatterns = [
    path("holder/", views.home, name="holder_home"),
    path("holder/notices/", notices.notices, name="holder_notices"),
    path("holder/notices/<str:ref>/", notices.notice, name="holder_notice"),
    path("holder/notices/<str:ref>/sent/", notices.sent, name="holder_notice_sent"),
    path("holder/notices/<str:ref>/withdraw/", notices.withdraw, name="holder_notice_withdraw"),
    path("holder/notices/<str:ref>/appeal/", appeals.appeal, name="holder_notice_appeal"),
    path("holder/appeals/<str:ref>/withdraw/", appeals.withdraw, name="holder_appeal_withdraw"),
    path("holder/notices/<str:ref>/complete/", completing.complete, name="holder_notice_complete"),
    path("holder/report/", report.which_right, name="holder_report"),
    path("holder/report/listing/", report.which_listing, name="holder_report_listing"),
    path("holder/report/reason/", report.which_reason, name="holder_report_reason"),
    path("holder/report/statement/", report.statement, name="holder_report_statement"),
]
