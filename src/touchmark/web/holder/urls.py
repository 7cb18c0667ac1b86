from django.urls import path

from touchmark.web.holder import (
    appeals,
    completing,
    draft_check,
    draft_list,
    draft_listings,
    draft_words,
    examinations,
    notices,
    report,
    views,
)

urlpatterns = [
    path("holder/", views.home, name="holder_home"),
    path("holder/notices/", notices.notices, name="holder_notices"),
    path("holder/notices/<str:ref>/", notices.notice, name="holder_notice"),
    path("holder/notices/<str:ref>/sent/", notices.sent, name="holder_notice_sent"),
    path("holder/notices/<str:ref>/withdraw/", notices.withdraw, name="holder_notice_withdraw"),
    path("holder/notices/<str:ref>/appeal/", appeals.appeal, name="holder_notice_appeal"),
    path("holder/examinations/<str:ref>/", examinations.examination, name="holder_examination"),
    path("holder/appeals/<str:ref>/withdraw/", appeals.withdraw, name="holder_appeal_withdraw"),
    path("holder/notices/<str:ref>/complete/", completing.complete, name="holder_notice_complete"),
    path("holder/report/", report.which_right, name="holder_report"),
    path("holder/drafts/", draft_list.drafts, name="holder_drafts"),
    path("holder/drafts/<str:ref>/listings/", draft_listings.listings, name="holder_draft_listings"),
    path("holder/drafts/<str:ref>/refused.csv", draft_listings.refused, name="holder_draft_refused"),
    path("holder/drafts/<str:ref>/reason/", draft_words.reason, name="holder_draft_reason"),
    path("holder/drafts/<str:ref>/words/", draft_words.words, name="holder_draft_words"),
    path("holder/drafts/<str:ref>/check/", draft_check.check, name="holder_draft_check"),
    path("holder/drafts/<str:ref>/template/", draft_check.keep_words, name="holder_draft_template"),
    path("holder/drafts/<str:ref>/delete/", draft_check.discard, name="holder_draft_delete"),
    path("holder/templates/<int:template_id>/delete/", draft_check.delete_template, name="holder_template_delete"),
]
