"""The review as a web application: pages, and the JSON that they ask for.

Whoever comes needs a session, which the random token of the link that was printed gives, or a name and password. What
changes something needs the session's CSRF token too; `guard` sees to the rest.
"""

import secrets
import threading
import time
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any, TypeVar
from urllib.parse import urlencode

import msgspec
from fastapi import Depends, FastAPI, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from jinja2 import Environment, PackageLoader
from starlette.exceptions import HTTPException
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp

from pipeline.document import Document, Metadata
from pipeline.errors import ReviewError, StaleError
from pipeline.report.wording import LANGUAGES
from pipeline.review import queue, users
from pipeline.review.agreement import agreement
from pipeline.review.database import Database
from pipeline.review.deciding import Decision, decide, redo, undo
from pipeline.review.guard import Guard
from pipeline.review.items import Item
from pipeline.review.looking import Looking
from pipeline.review.queue import Filters, Order
from pipeline.review.typed import read_typed
from pipeline.review.users import Session
from pipeline.review.views import Views

_FOLDER = Path(__file__).parent
_MOST = 200  # records of the queue that are sent at once
_FAILURES = 5  # wrong passwords before a name has to wait
_WAIT = 30.0  # seconds

T = TypeVar("T")


class Served(msgspec.Struct, frozen=True, kw_only=True):
    """How a review is served."""

    language: str = "zh"
    token: str | None = None  #: that gives a session; None where names and passwords are asked for
    name: str = "reviewer"  #: of whoever comes with the token
    hosts: tuple[str, ...] = ("127.0.0.1", "localhost", "::1")
    port: int = 0  #: part of the cookie's name: cookies do not tell ports apart
    filters: Filters = Filters()  #: what the queue shows at first


class _Sent(msgspec.Struct, frozen=True):
    """A decision, and what the queue is, so that the answer can bring the next record with it."""

    decision: Decision
    filters: Filters = Filters()
    order: Order = "doubt"


class _Back(msgspec.Struct, frozen=True):
    event_id: int | None = None
    request: str | None = None


class _Typed(msgspec.Struct, frozen=True):
    kind: str
    field: str
    typed: str
    doc_id: str


class _Name(msgspec.Struct, frozen=True):
    reviewer: str


class _Credentials(msgspec.Struct, frozen=True):
    reviewer: str
    password: str


def make_app(database: Database, served: Served) -> ASGIApp:
    """Return the application that serves the review in `database`."""
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    server = _Server(database, served)
    app.mount("/static", StaticFiles(directory=_FOLDER / "static"), name="static")
    reads: dict[str, Callable[..., Response]] = {
        "/": server.queue_page,
        "/document/{doc_id:path}": server.document_page,
        "/sign-in": server.sign_in_page,
        "/api/start": server.start,
        "/api/queue": server.queue,
        "/api/next": server.next,
        "/api/items/{item_id}": server.item,
        "/api/documents/{doc_id:path}": server.document,
        "/api/agreement": server.agreement,
    }
    for path, answer in reads.items():
        app.add_api_route(path, answer, methods=["GET"])
    writes: dict[str, Callable[..., Response]] = {
        "/api/decisions": server.decide,
        "/api/undo": server.undo,
        "/api/redo": server.redo,
        "/api/typed": server.typed,
        "/api/name": server.rename,
        "/api/sign-in": server.sign_in,
        "/api/sign-out": server.sign_out,
    }
    for path, answer in writes.items():
        app.add_api_route(path, answer, methods=["POST"])
    app.add_exception_handler(HTTPException, server.refused)
    return Guard(app, served.hosts)


async def _body(request: Request) -> bytes:
    return await request.body()


_Body = Annotated[bytes, Depends(_body)]


def _read(body: bytes, kind: type[T]) -> T:
    try:
        return msgspec.json.decode(body, type=kind, strict=False)  # a filter of an address is a string
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise HTTPException(400, f"not what is expected here: {error}") from error


def _json(value: object, status: int = 200) -> Response:
    return Response(msgspec.json.encode(value), status, media_type="application/json")


class _Server:
    """Answers requests."""

    def __init__(self, database: Database, served: Served) -> None:
        self._database = database
        self._served = served
        self._cookie = f"gongbao_review_{served.port}"
        self._views = {language: Views(database, language) for language in LANGUAGES}
        self._pages = Environment(loader=PackageLoader(__package__), autoescape=True, trim_blocks=True)
        self._looking = Looking()
        self._failures: defaultdict[str, list[float]] = defaultdict(list)
        self._checking = threading.BoundedSemaphore(2)  # passwords at once: each takes memory and time on purpose

    # -- pages --------------------------------------------------------------------------------------------------------

    def queue_page(self, request: Request) -> Response:
        """Show the queue, or give whoever comes with the token a session."""
        token = request.query_params.get("token")
        if token is not None and self._served.token is not None:
            if not secrets.compare_digest(token.encode(), self._served.token.encode()):
                raise HTTPException(403, "token")
            return self._welcome(request)
        return self._page(request, "queue.html.j2")

    def document_page(self, request: Request, doc_id: str) -> Response:
        """Show a whole document."""
        found = queue.document(self._database, doc_id)
        if found is None:
            raise HTTPException(404, "document")
        return self._page(request, "document.html.j2", document=found)

    def sign_in_page(self, request: Request) -> Response:
        """Ask for name and password."""
        if self._served.token is not None:
            raise HTTPException(403, "token")
        return self._html(request, "sign-in.html.j2")

    def _page(self, request: Request, template: str, **values: Any) -> Response:
        session = self._session(request)
        if session is None:
            if self._served.token is None:
                return RedirectResponse("/sign-in", 303)
            raise HTTPException(403, "token")
        return self._html(request, template, csrf=session.csrf, reviewer=session.reviewer, **values)

    def _html(self, request: Request, template: str, status: int = 200, **values: Any) -> Response:
        language = self._language(request)
        page = self._pages.get_template(template)
        labels = self._views[language].labels()
        return HTMLResponse(
            page.render(lang=language, say=labels, signs_in=self._served.token is None, **values), status
        )

    def _welcome(self, request: Request) -> Response:
        """Set the cookie, and go on to the same page without the token.

        By a page of its own: after a redirect from another site the browser would hold a strict cookie back.
        """
        cookie, _ = users.sign_in(self._database, self._served.name)
        rest = [(name, value) for name, value in request.query_params.multi_items() if name != "token"]
        answer = self._html(request, "welcome.html.j2", target="/" + ("?" + urlencode(rest) if rest else ""))
        self._set_cookie(request, answer, cookie)
        return answer

    def _set_cookie(self, request: Request, answer: Response, cookie: str) -> None:
        secure = request.url.scheme == "https" or request.headers.get("x-forwarded-proto") == "https"
        answer.set_cookie(self._cookie, cookie, httponly=True, samesite="strict", secure=secure, max_age=7 * 86400)

    def refused(self, request: Request, error: Exception) -> Response:
        """Say why a request is refused: JSON to a script, a page to a person."""
        status = getattr(error, "status_code", 500)
        detail = str(getattr(error, "detail", error))
        if request.url.path.startswith(("/api/", "/static/")):
            said = self._views[self._language(request)].labels()["refused"].get(detail, detail)
            return _json({"error": said}, status)
        return self._html(request, "refused.html.j2", status, reason=detail)

    # -- who, and in which language -----------------------------------------------------------------------------------

    def _language(self, request: Request) -> str:
        asked = request.query_params.get("lang", request.headers.get("x-language", self._served.language))
        return asked if asked in LANGUAGES else self._served.language

    def _views_for(self, request: Request) -> Views:
        return self._views[self._language(request)]

    def _session(self, request: Request) -> Session | None:
        return users.session_of(self._database, request.cookies.get(self._cookie))

    def _reader(self, request: Request) -> Session:
        session = self._session(request)
        if session is None:
            raise HTTPException(401, "session")
        return session

    def _writer(self, request: Request) -> Session:
        session = self._reader(request)
        sent = request.headers.get("x-csrf-token", "")
        if not secrets.compare_digest(sent.encode(), session.csrf.encode()):
            raise HTTPException(403, "csrf")
        return session

    # -- reading ------------------------------------------------------------------------------------------------------

    def start(self, request: Request) -> Response:
        """Tell a page what it needs to begin: its words, the fields, what can be filtered, the documents."""
        session = self._reader(request)
        views = self._views_for(request)
        return _json(
            {
                "reviewer": session.reviewer,
                "signs_in": self._served.token is None,
                "labels": views.labels(),
                "fields": views.fields(),
                "choices": queue.choices(self._database),
                "documents": queue.documents(self._database),
                "filters": self._served.filters,
                "progress": queue.progress(self._database),
            }
        )

    def queue(self, request: Request) -> Response:
        """List the records that the filters let through, some at a time."""
        session = self._reader(request)
        filters, order = self._asked(request)
        views = self._views_for(request)
        offset = self._number(request, "offset", 0)
        limit = min(self._number(request, "limit", 50), _MOST)
        found = queue.find(self._database, filters, reviewer=session.reviewer, order=order, limit=limit, offset=offset)
        return _json(
            {
                "lines": [views.line(item) for item in found],
                "progress": queue.progress(self._database, filters),
                "offset": offset,
            }
        )

    def next(self, request: Request) -> Response:
        """Show the next record that waits for this reviewer, after another if one is named."""
        session = self._reader(request)
        filters, order = self._asked(request)
        after = request.query_params.get("after")
        found = self._following(session, filters, order, after)
        return _json({"item": None if found is None else self._views_for(request).item(found)})

    def item(self, request: Request, item_id: str) -> Response:
        """Show one record."""
        self._reader(request)
        found = queue.item(self._database, item_id)
        if found is None:
            raise HTTPException(404, "item")
        return _json({"item": self._views_for(request).item(found)})

    def document(self, request: Request, doc_id: str) -> Response:
        """Show the paragraphs of a document with their records, a part at a time."""
        self._reader(request)
        try:
            return _json(self._views_for(request).document(doc_id, self._number(request, "start", 0)))
        except LookupError as error:
            raise HTTPException(404, "document") from error

    def agreement(self, request: Request) -> Response:
        """Tell how far reviewers agree."""
        self._reader(request)
        return _json(agreement(self._database))

    def _asked(self, request: Request) -> tuple[Filters, Order]:
        asked = {name: value for name, value in request.query_params.items() if name in Filters.__struct_fields__}
        order: Order = "text" if request.query_params.get("order") == "text" else "doubt"
        try:
            return msgspec.convert(
                {name: value for name, value in asked.items() if value}, Filters, strict=False
            ), order
        except msgspec.ValidationError as error:
            raise HTTPException(400, f"no such filter: {error}") from error

    def _number(self, request: Request, name: str, default: int) -> int:
        value = request.query_params.get(name, "")
        return int(value) if value.isascii() and value.isdecimal() and len(value) < 10 else default

    # -- deciding -----------------------------------------------------------------------------------------------------

    def decide(self, request: Request, body: _Body) -> Response:
        """Take a decision; the answer brings the record as it is now, and the next one."""
        session = self._writer(request)
        sent = _read(body, _Sent)
        return self._done(request, lambda: decide(self._database, session.reviewer, sent.decision), session, sent)

    def undo(self, request: Request, body: _Body) -> Response:
        """Cancel the last decision of this reviewer, or the one that is named."""
        session = self._writer(request)
        back = _read(body, _Back)
        return self._done(request, lambda: undo(self._database, session.reviewer, back.event_id, back.request))

    def redo(self, request: Request, body: _Body) -> Response:
        """Cancel the last undo of this reviewer."""
        session = self._writer(request)
        back = _read(body, _Back)
        return self._done(request, lambda: redo(self._database, session.reviewer, back.request))

    def _done(
        self,
        request: Request,
        take: Callable[[], Item],
        session: Session | None = None,
        sent: _Sent | None = None,
    ) -> Response:
        views = self._views_for(request)
        try:
            item = take()
        except StaleError as error:
            now = queue.item(self._database, sent.decision.item_id or "") if sent else None
            return _json({"error": views.error(error), "item": None if now is None else views.item(now)}, 409)
        except ReviewError as error:
            return _json({"error": views.error(error)}, 422)
        with self._database.read():
            told: dict[str, Any] = {"item": views.item(item)}
            if session is not None and sent is not None:
                following = self._following(session, sent.filters, sent.order, item.id)
                told["next"] = None if following is None else views.item(following)
                told["progress"] = queue.progress(self._database, sent.filters)
        return _json(told)

    def _following(self, session: Session, filters: Filters, order: Order, after: str | None) -> Item | None:
        """Return the next record for a reviewer, one that nobody else looks at if there is one."""
        avoid = self._looking.others(session.reviewer)
        found = queue.next_item(self._database, filters, session.reviewer, after=after, order=order, avoid=avoid)
        if found is not None:
            self._looking.note(session.reviewer, found.id)
        return found

    def typed(self, request: Request, body: _Body) -> Response:
        """Tell how what is typed into a field is understood."""
        self._reader(request)
        sent = _read(body, _Typed)
        views = self._views_for(request)
        document = queue.document(self._database, sent.doc_id)
        day = Document("", given=Metadata(date=document.date if document else None)).reference
        try:
            return _json({"fields": read_typed(sent.kind, sent.field, sent.typed, day)})
        except ReviewError as error:
            return _json({"error": views.error(error)}, 422)

    # -- signing in ---------------------------------------------------------------------------------------------------

    def sign_in(self, request: Request, body: _Body) -> Response:
        """Give a session for name and password."""
        if self._served.token is not None:
            raise HTTPException(403, "token")
        sent = _read(body, _Credentials)
        now = time.monotonic()
        recent = {who: [t for t in times if now - t < _WAIT] for who, times in list(self._failures.items())}
        self._failures = defaultdict(list, {who: times for who, times in recent.items() if times})
        if len(self._failures[sent.reviewer]) >= _FAILURES:
            raise HTTPException(429, "wait")
        with self._checking:
            fits = users.password_fits(self._database, sent.reviewer, sent.password)
        if not fits:
            self._failures[sent.reviewer].append(now)
            raise HTTPException(403, "password")
        cookie, _ = users.sign_in(self._database, sent.reviewer)
        answer = _json({"reviewer": sent.reviewer})
        self._set_cookie(request, answer, cookie)
        return answer

    def sign_out(self, request: Request) -> Response:
        """End the session."""
        users.sign_out(self._database, self._writer(request))
        answer = _json({})
        answer.delete_cookie(self._cookie)
        return answer

    def rename(self, request: Request, body: _Body) -> Response:
        """Go on under another name, where no passwords are asked for."""
        session = self._writer(request)
        if self._served.token is None:
            raise HTTPException(403, "name")
        try:
            users.rename_session(self._database, session, _read(body, _Name).reviewer)
        except ReviewError as error:
            return _json({"error": self._views_for(request).error(error)}, 422)
        return _json({})


def new_token() -> str:
    """Return a token for a link."""
    return secrets.token_urlsafe(24)
