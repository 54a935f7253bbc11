"""The server: /sparql, /id/…, /def/…, /concept/…, and the explorer at /."""

from pathlib import Path
from typing import Final

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, Response
from starlette.routing import Route

from kg.export.names import Names
from kg.query import base_of, open_store
from kg.serve import protocol, resource

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
        page = folder / EXPLORER
        if page.is_file():
            return FileResponse(page)
        return PlainTextResponse(f"{folder} holds no {EXPLORER}\n", 404)

    routes = [
        Route("/", explorer),
        Route("/sparql", sparql, methods=["GET", "POST"]),
        *(Route(f"/{kind}/{{name:path}}", node) for kind in ("id", "def", "concept")),
    ]
    guard = Middleware(TrustedHostMiddleware, allowed_hosts=[*_HOSTS, *(hosts or [])])
    return Starlette(routes=routes, middleware=[guard])


def _plain(request: Request, path: str) -> str:
    """Return the path with its characters decoded, as IRIs have them."""
    return str(request.scope.get("path", path)).removeprefix("/")


def serve(folder: Path, host: str = HOST, port: int = 8765) -> None:
    """Serve the result in ``folder`` until interrupted."""
    import uvicorn

    uvicorn.run(application(folder, [host]), host=host, port=port, log_level="warning")
