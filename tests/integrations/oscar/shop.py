"""``python -m tests.integrations.oscar.shop PORT``: a shop of six products, in a process of its own."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from decimal import Decimal
from io import BytesIO
from socketserver import ThreadingMixIn
from threading import Lock
from typing import TYPE_CHECKING, Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

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
IN_HAND = "/in-hand/"
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
    """Counts what it has in hand, from the moment in which a call is accepted."""

    daemon_threads = True

    def __init__(self, *given: Any) -> None:
        super().__init__(*given)
        self.in_hand, self.counting = 0, Lock()

    def process_request(self, request: Any, client_address: Any) -> None:
        with self.counting:
            self.in_hand += 1
        super().process_request(request, client_address)

    def process_request_thread(self, request: Any, client_address: Any) -> None:
        try:
            super().process_request_thread(request, client_address)
        finally:
            with self.counting:
                self.in_hand -= 1

    def answering(self, shop: WSGIApplication) -> WSGIApplication:
        """Give the shop with one more address, which says how many calls but itself are in hand."""

        def answer(environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
            if environ["PATH_INFO"] != IN_HAND:
                return shop(environ, start)
            start("200 OK", [("Content-Type", "text/plain")])
            return [str(self.in_hand - 1).encode()]

        return answer


class Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


def main() -> None:
    import django

    django.setup()
    from django.core.management import call_command
    from django.core.wsgi import get_wsgi_application

    call_command("migrate", verbosity=0, run_syncdb=True)
    fill()
    shop = get_wsgi_application()
    with make_server("127.0.0.1", int(sys.argv[1]), shop, Server, Quiet) as server:
        server.set_app(server.answering(shop))
        server.serve_forever()


if __name__ == "__main__":
    main()
