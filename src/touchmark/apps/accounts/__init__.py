"""
People, the organisations they act for, and the roles they hold there.

Signing in itself is django-allauth's; what a person may see is each room's ``access``. Any room above may call.
"""
