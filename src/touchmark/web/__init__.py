"""
Server-rendered pages, by audience: ``public``, ``people`` (who signs in), ``desk``, ``holder``, ``seller`` and so on.

A view makes one read through ``access`` or ``queries``, or one call of an action or flow, and says who may call it
with a decorator of ``guard``. What pages look like lives in ``ui``; what they may read of the time, in ``clock``.
"""
