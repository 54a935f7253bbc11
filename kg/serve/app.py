"""The server: /sparql, /id/…, /def/…, /concept/…, and the explorer at / with its data at /graph."""

from collections.abc import Callable
from functools import lru_cache, partial
from pathlib import Path
from typing import Any, Final

import msgspec
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, PlainTextResponse, Response
from starlette.routing import Route

from kg.export.html import served_page
from kg.export.names import Names
from kg.query import base_of, open_store
from kg.serve import protocol, resource
from kg.serve.explore import KEPT, Explorer, NotFoundError

EXPLORER: Final = "explorer.html"
HOST: Final = "127.0.0.1"
# Names that lead to this machine only: a page of another site cannot ask in a reader's name.
_HOSTS: Final = ["127.0.0.1", "localhost", "[::1]", "testserver"]


def application(folder: Path, hosts: list[str] | None = None) -> Starlette:
    """Return the application over the result in ``folder``; raise OutputError if there is none."""
    store = open_store(folder)
    names = Names(base_of(store))

    async def sparql(request: Request) -> Response:
        return await protocol.answer(request, store, names)

    async def node(request: Request) -> Response:
        accept = ", ".join(request.headers.getlist("accept"))
        path = request.url.path.removeprefix("/")
        return await run_in_threadpool(
            resource.respond, store, names, _plain(request, path), accept
        )

    async def explorer(request: Request) -> Response:
        del request
        return HTMLResponse(served_page(folder.resolve().name))

    async def whole(request: Request) -> Response:
        del request
        page = folder / EXPLORER
        if page.is_file():
            return FileResponse(page)
        return PlainTextResponse(f"{folder} holds no {EXPLORER}\n", 404)

    explored = Explorer(store, names)
    remembered = lru_cache(KEPT)(partial(_part, explored))

    async def graph(request: Request) -> Response:
        asked = frozenset(request.query_params.items())
        return await run_in_threadpool(_graph, remembered, asked)

    async def search(request: Request) -> Response:
        found = await run_in_threadpool(explored.search, request.query_params.get("q", ""))
        return _json(found)

    routes = [
        Route("/", explorer),
        Route(f"/{EXPLORER}", whole),
        Route("/graph", graph),
        Route("/graph/search", search),
        Route("/sparql", sparql, methods=["GET", "POST"]),
        *(Route(f"/{kind}/{{name:path}}", node) for kind in ("id", "def", "concept")),
    ]
    guard = Middleware(TrustedHostMiddleware, allowed_hosts=[*_HOSTS, *(hosts or [])])
    return Starlette(routes=routes, middleware=[guard])


_Asked = frozenset[tuple[str, str]]


def _graph(answer: Callable[[_Asked], bytes], asked: _Asked) -> Response:
    try:
        return Response(answer(asked), media_type="application/json")
    except NotFoundError as missing:
        return PlainTextResponse(f"nothing is known of {missing}\n", 404)
    except ValueError:
        return PlainTextResponse("depth is a number\n", 400)


def _part(explored: Explorer, parameters: _Asked) -> bytes:
    """Return the part of the store that the parameters name; the overview without any."""
    return msgspec.json.encode(_chosen(explored, dict(parameters)))


def _chosen(explored: Explorer, asked: dict[str, str]) -> dict[str, Any]:
    if "claim" in asked:
        return explored.claim(asked["claim"])
    if "region" in asked:
        return explored.region(asked["region"])
    if "path" in asked:
        start, _, goal = asked["path"].partition("~")
        return explored.path(start, goal)
    if "around" in asked:
        return explored.around(asked["around"], int(asked.get("depth", "1")))
    return explored.overview()


def _json(answer: object) -> Response:
    return Response(msgspec.json.encode(answer), media_type="application/json")


def _plain(request: Request, path: str) -> str:
    """Return the path with its characters decoded, as IRIs have them."""
    return str(request.scope.get("path", path)).removeprefix("/")


def serve(folder: Path, host: str = HOST, port: int = 8765) -> None:
    """Serve the result in ``folder`` until interrupted."""
    import uvicorn

    uvicorn.run(application(folder, [host]), host=host, port=port, log_level="warning")
