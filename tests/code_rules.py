"""The rules about the code that no linter knows, as functions of a source.

Each returns what it finds, with the line; `tests/test_architecture.py` applies them.
"""

import ast
import io
import re
import tokenize
from collections.abc import Iterator

from django.db import models

APPS = ("members", "campaigns", "reviews", "reports")

SCOPES = {
    "visible_to",
    "visible_below_to",
    "editable_by",
    "readable_by",
    "reportable_by",
    "run_by",
    "receivable_by",
    "countable_by",
    "recordable_by",
    "closable_by",
    "published_to",
    "decided_at",
    "read_with_reason",
    "own",
    "none",
}

MANAGERS = {"objects", "_default_manager", "_base_manager"}
SHORTCUTS = {"get_object_or_404", "get_list_or_404"}
CLOCKS = {"now", "today", "utcnow"}
CLOCKS_UNLESS_TOLD = {"localtime", "localdate"}  # localdate(now) is only arithmetic

# Rows that only these may write.
LOG = re.compile(r"(?:models\.)?(?:Event|LogHead|LogSeal|SealedHead)\b")

WRITERS = {
    "create",
    "bulk_create",
    "get_or_create",
    "update_or_create",
    "update",
    "bulk_update",
    "delete",
}

OPENERS = {"login_not_required", "csrf_exempt"}


def unscoped_managers(source: str) -> list[str]:
    """`Model.objects` whose very next word is no scope."""
    tree = ast.parse(source)
    scoped = {
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and node.attr in SCOPES
    }
    return [
        f"{node.lineno} {ast.unparse(node)}"
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute)
        and node.attr in MANAGERS
        and id(node) not in scoped
    ]


def calls_of(source: str) -> Iterator[tuple[str, ast.Call]]:
    """Each call with the last word of what is called."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call):
            yield ast.unparse(node.func).rpartition(".")[2], node


def unscoped_shortcuts(source: str) -> list[str]:
    """`get_object_or_404(Model, …)`: any row for anybody who guesses its number."""
    return [
        f"{call.lineno} {ast.unparse(call)}"
        for name, call in calls_of(source)
        if name in SHORTCUTS
        and call.args
        and isinstance(call.args[0], ast.Name | ast.Attribute)
        and ast.unparse(call.args[0]).rpartition(".")[2][0].isupper()
    ]


def clocks(source: str) -> list[str]:
    """A look at the clock, where the moment should be an argument."""
    return [
        f"{call.lineno} {ast.unparse(call)}"
        for name, call in calls_of(source)
        if isinstance(call.func, ast.Attribute)
        and (name in CLOCKS or (name in CLOCKS_UNLESS_TOLD and not call.args))
    ]


def writes_to_the_log(source: str) -> list[str]:
    """Rows of the log that are made, changed or deleted."""
    return [
        f"{call.lineno} {ast.unparse(call.func)}"
        for name, call in calls_of(source)
        if LOG.match(ast.unparse(call.func)) and (name in WRITERS or name[0].isupper())
    ]


def opened_pages(source: str) -> list[str]:
    """The functions that need no log-in or no CSRF token."""
    tree = ast.parse(source)
    decorated = [
        node.name
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef)
        for decorator in node.decorator_list
        if ast.unparse(decorator).rpartition(".")[2] in OPENERS
    ]
    wrapped = [
        ast.unparse(call.args[0]).rpartition(".")[2]
        for name, call in calls_of(source)
        if name in OPENERS
    ]
    return decorated + wrapped


def unexplained_exceptions(source: str) -> list[str]:
    """`# noqa: CODE` without ` -- reason`, `# type: ignore[code]` without ` # reason`."""
    return [
        f"{token.start[0]} {token.string}"
        for token in tokenize.generate_tokens(io.StringIO(source).readline)
        if token.type == tokenize.COMMENT
        and re.search(r"\b(noqa|type: ignore)\b", token.string)
        and not re.search(r"noqa: [A-Z][\w, ]+ -- \w", token.string)
        and not re.search(r"ignore\[\S+\]  # \w", token.string)
    ]


def addresses_above(app: str, source: str) -> list[str]:
    """Names of addresses of the apps above this one."""
    above = "|".join(APPS[APPS.index(app) + 1 :])
    return re.findall(rf"""["']((?:{above}):\w+)["']""", source) if above else []


def side_doors(model: type[models.Model]) -> list[str]:
    """Keys through which rows of a scoped model are reached without their scope."""
    if not hasattr(model._meta.default_manager, "visible_to"):
        return []
    return [
        f"{model.__name__}.{field.name}"
        for field in model._meta.get_fields()
        if field.is_relation and field.concrete and not field.remote_field.hidden
    ]


def keyless_changes(source: str) -> list[str]:
    """A code that is changed without its key (`members.fields.CodeKeyField`)."""
    return [
        f"{call.lineno} {ast.unparse(call)}"
        for name, call in calls_of(source)
        if name in {"update", "bulk_update"}
        or any(each.arg == "update_fields" for each in call.keywords)
        if "code" in changed_columns(call)
    ]


def changed_columns(call: ast.Call) -> set[str | None]:
    """What is named by a keyword, or written out in a list of columns."""
    named = {each.arg for each in call.keywords}
    listed = {
        text.value
        for argument in [*call.args, *(each.value for each in call.keywords)]
        if isinstance(argument, ast.List | ast.Tuple)
        for text in argument.elts
        if isinstance(text, ast.Constant)
    }
    return named | listed
