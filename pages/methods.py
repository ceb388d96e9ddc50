"""Which request methods a view answers: GET, HEAD and POST, unless it says otherwise."""

import inspect
from collections.abc import Callable
from functools import cache, wraps
from typing import Any

View = Callable[..., Any]

OF_PAGES = ("GET", "HEAD", "POST")
ATTRIBUTE = "judges_methods_itself"


def any_method(view: View) -> View:
    """Leave the method to this view, as an API's must be; on a class by `@method_decorator(…, name="dispatch")`."""

    @wraps(view)
    def judging(*args: Any, **kwargs: Any) -> Any:
        return view(*args, **kwargs)

    setattr(judging, ATTRIBUTE, True)
    return judging


@cache
def answered_by(view: View) -> tuple[str, ...]:
    """What a view answers by its method decorators or its class; empty for one that judges itself."""
    if getattr(view, ATTRIBUTE, False):
        return ()
    if view_class := getattr(view, "view_class", None):
        return tuple(name for name in OF_PAGES if hasattr(view_class, "get" if name == "HEAD" else name.lower()))
    return next((required for layer in layers(view) if (required := required_by(layer))), OF_PAGES)


def layers(view: Any) -> list[View]:
    """A view with all that decorators wrapped."""
    found = [view]
    while view := getattr(view, "__wrapped__", None):
        found.append(view)
    return found


def required_by(layer: View) -> tuple[str, ...]:
    """What `require_http_methods` and its kin let through, which they keep in their closure alone."""
    if not inspect.isfunction(layer):
        return ()
    return tuple(inspect.getclosurevars(layer).nonlocals.get("request_method_list", ()))
