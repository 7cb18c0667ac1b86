"""``python -m tests.integrations.oscar.shop PORT``: a shop of six products, in a process of its own."""

import os
import sys
from decimal import Decimal
from io import BytesIO
from socketserver import ThreadingMixIn
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.integrations.oscar.shop_settings")

#: Title, price, whether it is public; the first shows a picture.
PRODUCTS = (
    ("АLDЕRMООR leather bag", "20.00", True),  # А, Е and О are Cyrillic
    ("A teapot", "12.50", True),
    ("NORRVIK wool blanket", "80.00", True),
    ("Not published yet", "9.00", False),
    ("Two cups & a <b>saucer</b>", "7.25", True),
    ("茶壶", "30.00", True),
)
USER, PASSWORD = "touchmark", "a long enough pass phrase"


def fill() -> None:
    """Put the products in, once."""
    from django.contrib.auth import get_user_model
    from django.core.files.base import ContentFile
    from PIL import Image

    from oscar.apps.catalogue.categories import create_from_breadcrumbs
    from oscar.apps.catalogue.models import Product, ProductCategory, ProductClass, ProductImage
    from oscar.apps.partner.models import Partner, StockRecord

    if Product.objects.exists():
        return
    get_user_model().objects.create_superuser(USER, "touchmark@shop.example", PASSWORD)
    goods = ProductClass.objects.create(name="Goods")
    partner = Partner.objects.create(name="Blue Crate", code="blue-crate")
    category = create_from_breadcrumbs("Home > Bags")
    for number, (title, price, public) in enumerate(PRODUCTS, 1):
        product = Product.objects.create(
            title=title,
            upc=f"40{number:011}",
            product_class=goods,
            is_public=public,
            description=f"<p>{title}, new.</p>",
        )
        ProductCategory.objects.create(product=product, category=category)
        StockRecord.objects.create(
            product=product, partner=partner, partner_sku=f"SKU-{number}", price=Decimal(price), num_in_stock=4
        )
    drawn = BytesIO()
    Image.new("RGB", (64, 48), (120, 60, 20)).save(drawn, "JPEG")
    first = Product.objects.order_by("id").first()
    ProductImage.objects.create(product=first, original=ContentFile(drawn.getvalue(), "bag.jpg"), display_order=0)


class Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


def main() -> None:
    import django

    django.setup()
    from django.core.management import call_command
    from django.core.wsgi import get_wsgi_application

    call_command("migrate", verbosity=0)
    fill()
    with make_server("127.0.0.1", int(sys.argv[1]), get_wsgi_application(), Server, Quiet) as server:
        server.serve_forever()


if __name__ == "__main__":
    main()
