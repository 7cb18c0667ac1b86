from django.urls import path

from touchmark.web.public import published, views

urlpatterns = [
    path("", views.home, name="home"),
    path("published", published.published, name="published"),
    path("illegal-products", published.illegal_products, name="illegal_products"),
    path("terms", views.terms, name="terms"),
    path("how-it-works", views.how_it_works, name="how_it_works"),
]
