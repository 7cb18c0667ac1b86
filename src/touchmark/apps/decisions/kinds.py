"""What a decision can do, and on what it can rest."""

from django.db import models


class DecisionKind(models.TextChoices):
    """What a decision does."""

    NONE = "none", "leave it on sale"
    REMOVE = "remove", "take the listing off sale"
    DISABLE = "disable", "disable it in some territories"
    HIDE = "hide", "hide it from search and recommendations"


class Ground(models.TextChoices):
    """On what a restriction rests (Digital Services Act, Article 17(3)(d) and (e))."""

    LAW = "law", "the law"
    TERMS = "terms", "the marketplace's terms"
