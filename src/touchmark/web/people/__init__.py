"""
Pages about oneself and one's colleagues: signing in, the second factor, invitations, the account, the team.

Signing in is django-allauth's, with our words and looks; who may join is decided by an invitation alone.
"""
