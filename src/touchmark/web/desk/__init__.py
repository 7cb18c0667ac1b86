"""
The reviewer's desk: the queue, the screen to decide on, appeals, decisions and what became of them at marketplaces.

Views only read through ``access`` and ``queries`` and call one flow each. What a page shows is put together by
``evidence`` and ``timeline``; what a reviewer may start from is written by ``draft`` and ``grounds``. No law and no
decision is made here.
"""
