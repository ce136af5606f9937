"""A table as JSON lines over HTTP, as one writes it in an afternoon: `rows_as_json.py DATABASE PORT`."""

from __future__ import annotations

import json
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import psycopg
from psycopg.rows import dict_row


class Rows(BaseHTTPRequestHandler):
    wbufsize = 64 * 1024

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "application/x-ndjson")
        self.end_headers()
        with psycopg.connect(sys.argv[1]) as connection, connection.cursor("rows", row_factory=dict_row) as cursor:
            cursor.itersize = 2000
            cursor.execute("select * from events")
            for row in cursor:
                self.wfile.write(json.dumps(row, default=str).encode() + b"\n")

    def log_message(self, format: str, *arguments: object) -> None:
        """Nothing is said of single requests."""


ThreadingHTTPServer(("127.0.0.1", int(sys.argv[2])), Rows).serve_forever()
