"""Addresses of a holder's rights."""

from django.urls import path

from touchmark.web.holder import rights, rights_change

urlpatterns = [
    path("holder/rights/", rights.rights, name="holder_rights"),
    path("holder/rights/new/", rights_change.new, name="holder_right_new"),
    path("holder/rights/new/work/", rights_change.new_work, name="holder_work_new"),
    path("holder/rights/<str:ref>/", rights.right, name="holder_right"),
    path("holder/rights/<str:ref>/change/", rights_change.change, name="holder_right_change"),
    path("holder/rights/<str:ref>/withdraw/", rights.withdraw, name="holder_right_withdraw"),
]
