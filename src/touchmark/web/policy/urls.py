"""Addresses of rules (a rule's name and the number of its version) and of the ladders that marketplaces follow."""

from django.urls import path

from touchmark.web.policy import ladders, rules, steps, writing

urlpatterns = [
    path("policy/ladders/", ladders.ladders, name="policy_ladders"),
    path("policy/ladders/<slug:slug>/", ladders.ladder, name="policy_ladder"),
    path("policy/rules/", rules.rules, name="policy_rules"),
    path("policy/rules/file/", rules.file, name="policy_rules_file"),
    path("policy/rules/new/", writing.new, name="policy_rule_new"),
    path("policy/rules/take-in/", writing.take_in, name="policy_rules_take_in"),
    path("policy/rules/<slug:name>/<int:number>/", rules.rule, name="policy_rule"),
    path("policy/rules/<slug:name>/<int:number>/change/", writing.change, name="policy_rule_change"),
    path("policy/rules/<slug:name>/<int:number>/replay/", steps.replay, name="policy_rule_replay"),
    path("policy/rules/<slug:name>/<int:number>/stop/", steps.stop, name="policy_rule_stop"),
    path("policy/rules/<slug:name>/<int:number>/take-back/", steps.take_back, name="policy_rule_take_back"),
    path("policy/rules/<slug:name>/<int:number>/<slug:event>/", steps.step, name="policy_rule_step"),
]
