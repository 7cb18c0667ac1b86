"""What the shop sells, and what it was told to take off: a SQLite file of its own."""

import csv
import json
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

TABLES = """
create table if not exists offer (
    marketplace text, listing_id text, title text, price text, currency text, description text, images text,
    primary key (marketplace, listing_id)
);
create table if not exists block (
    marketplace text, listing_id text, decision text, territories text, sequence integer,
    primary key (marketplace, listing_id)
);
create table if not exists shop_of (
    marketplace text, listing_id text, seller_id text, primary key (marketplace, listing_id)
);
create table if not exists seller_off (
    marketplace text, seller_id text, decision text, sequence integer, primary key (marketplace, seller_id)
);
create table if not exists hidden (marketplace text, listing_id text, primary key (marketplace, listing_id));
create table if not exists without (marketplace text, listing_id text, name text);
create table if not exists heard (id text primary key, marketplace text, listing_id text, sequence integer);
"""
#: What of a listing asks for something to be done.
OBEYED = frozenset({"listing.restricted", "listing.restored"})


@dataclass(frozen=True, slots=True)
class Offer:
    """One offer as a shopper sees it. ``blocked_in``: None = on sale, empty = off everywhere, else where it is off."""

    marketplace: str
    listing_id: str
    title: str
    price: str
    currency: str
    description: str
    images: list[str]
    blocked_in: list[str] | None
    decision: str
    hidden: bool

    @property
    def listed(self) -> bool:
        """Whether the lists of the shop show it."""
        return not self.hidden and self.blocked_in != []

    def on_sale_in(self, country: str) -> bool:
        """Whether a shopper in this country can buy it."""
        return self.blocked_in is None or (self.blocked_in != [] and country not in self.blocked_in)


class Stock:
    """The shop's own database."""

    def __init__(self, path: Path) -> None:
        self._path = path

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        connection = sqlite3.connect(self._path, timeout=20, isolation_level="IMMEDIATE")
        try:
            with connection:
                yield connection
        finally:
            connection.close()

    def fill(self, listings: Path) -> None:
        """Take in the offers of a listings file, once; what was blocked stays blocked."""
        with self._open() as db, listings.open(encoding="utf-8", newline="") as file:
            db.executescript(TABLES)
            db.executemany(
                "insert or replace into offer values (:marketplace, :listing_id, :title, :price, :currency,"
                " :description, :images)",
                (rows := list(csv.DictReader(file))),
            )
            db.executemany(
                "insert or replace into shop_of values (?, ?, ?)",
                [(row["marketplace"], row["listing_id"], row.get("seller_id") or "") for row in rows],
            )

    def marketplaces(self) -> list[str]:
        """Give the marketplaces that the shop plays."""
        with self._open() as db:
            return [row[0] for row in db.execute("select distinct marketplace from offer order by 1")]

    def page(self, marketplace: str, *, after: str, size: int) -> list[Offer]:
        """Give the next offers of a marketplace in the order of their ids, blocked ones too."""
        return self._read(
            "where o.marketplace = ? and o.listing_id > ? order by o.listing_id limit ?", marketplace, after, size
        )

    def offer(self, marketplace: str, listing_id: str) -> Offer | None:
        """Give one offer, or None if the shop never had it."""
        found = self._read("where o.marketplace = ? and o.listing_id = ?", marketplace, listing_id)
        return found[0] if found else None

    def _read(self, where: str, *values: object) -> list[Offer]:
        columns = "o.marketplace, o.listing_id, title, price, currency, description, images, territories, b.decision"
        columns += ", (select json_group_array(name) from without w where w.marketplace = o.marketplace"
        columns += " and w.listing_id = o.listing_id), h.listing_id is not null, f.seller_id is not null"
        source = "offer o left join block b on b.marketplace = o.marketplace and b.listing_id = o.listing_id"
        source += " left join hidden h on h.marketplace = o.marketplace and h.listing_id = o.listing_id"
        source += " left join shop_of s on s.marketplace = o.marketplace and s.listing_id = o.listing_id"
        source += " left join seller_off f on f.marketplace = o.marketplace and f.seller_id = s.seller_id"
        with self._open() as db:
            rows = db.execute(f"select {columns} from {source} {where}", values).fetchall()  # noqa: S608  our own words
        return [self._offer(row) for row in rows]

    @staticmethod
    def _offer(row: sqlite3.Row) -> Offer:
        marketplace, listing_id, title, price, currency, description, images, territories, decision, without, *flags = (
            row
        )
        hidden, seller_off = (bool(flag) for flag in flags)
        return Offer(
            marketplace,
            listing_id,
            title,
            price,
            currency,
            description,
            images=[name for name in images.split("|") if name and name not in json.loads(without)],
            blocked_in=[] if seller_off else None if territories is None else json.loads(territories),
            decision=decision or "",
            hidden=hidden,
        )

    def hear(self, message: str, marketplace: str, data: dict[str, object], kind: str, sequence: int) -> bool:
        """
        Obey one order, once: the same message again, or one that is older than what was obeyed, changes nothing.

        :returns: whether the shop has such an offer at all
        """
        if kind.startswith("seller."):
            return self._hear_of_seller(marketplace, data, kind, sequence)
        listing = str(data["listing_id"])
        with self._open() as db:
            known = db.execute(
                "select 1 from offer where marketplace = ? and listing_id = ?", (marketplace, listing)
            ).fetchone()
            if known is None:
                return False
            latest = db.execute(
                "select coalesce(max(sequence), 0) from heard where marketplace = ? and listing_id = ?",
                (marketplace, listing),
            ).fetchone()[0]
            new = db.execute(
                "insert or ignore into heard values (?, ?, ?, ?)", (message, marketplace, listing, sequence)
            )
            if new.rowcount and sequence > latest and kind in OBEYED:
                self._obey(db, marketplace, listing, data, kind, sequence)
        return True

    def _hear_of_seller(self, marketplace: str, data: dict[str, object], kind: str, sequence: int) -> bool:
        """Take all that a seller offers off sale, or put it back; what a decision of its own blocks stays so."""
        seller = str(data["seller_id"])
        with self._open() as db:
            known = "select 1 from shop_of where marketplace = ? and seller_id = ?"
            if db.execute(known, (marketplace, seller)).fetchone() is None:
                return False
            about = f"seller:{seller}"
            latest = db.execute(
                "select coalesce(max(sequence), 0) from heard where marketplace = ? and listing_id = ?",
                (marketplace, about),
            ).fetchone()[0]
            if sequence > latest:
                db.execute(
                    "insert into heard values (?, ?, ?, ?)", (f"{about}:{sequence}", marketplace, about, sequence)
                )
                if kind in ("seller.restricted", "seller.restored"):  # a ban is of new offers: this shop has none
                    db.execute("delete from seller_off where marketplace = ? and seller_id = ?", (marketplace, seller))
                if kind == "seller.restricted":
                    row = (marketplace, seller, str(data["decision"]), sequence)
                    db.execute("insert into seller_off values (?, ?, ?, ?)", row)
        return True

    def _obey(
        self,
        db: sqlite3.Connection,
        marketplace: str,
        listing: str,
        data: dict[str, object],
        kind: str,
        sequence: int,
    ) -> None:
        for table in ("block", "hidden", "without"):
            db.execute(f"delete from {table} where marketplace = ? and listing_id = ?", (marketplace, listing))  # noqa: S608
        if kind == "listing.restored":
            return
        names = data.get("pictures")
        for name in names if isinstance(names, list) else ():
            db.execute("insert into without values (?, ?, ?)", (marketplace, listing, name))
        if data["action"] == "hide" or data.get("hide"):
            db.execute("insert into hidden values (?, ?)", (marketplace, listing))
        if data["action"] in ("hide", "pictures"):
            return
        territories = data["territories"] if data["action"] == "disable" else []
        db.execute(
            "insert or replace into block values (?, ?, ?, ?, ?)",
            (marketplace, listing, data["decision"], json.dumps(territories), sequence),
        )
