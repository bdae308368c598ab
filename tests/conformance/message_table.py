# The Jupyter messaging specification (version 5.5) as a table: what each message that a kernel sends must hold, and on which
# channels it may travel. https://jupyter-client.readthedocs.io/en/latest/messaging.html
# A field is a type, a set of allowed values, or a function that checks the value; `Maybe` marks fields that may be absent.
# Fields that the specification does not name are faults of ours, except where the table says OPEN.
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

OPEN = "open"


@dataclass
class Maybe:
    rule: Any


def list_of(rule) -> Callable[[Any], bool]:
    return lambda value: isinstance(value, list) and all(matches(item, rule) for item in value)


def map_of(rule) -> Callable[[Any], bool]:
    return lambda value: isinstance(value, dict) and all(matches(item, rule) for item in value.values())


def count(value) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def mime_bundle(value) -> bool:
    def is_data(mime: str, data: Any) -> bool:
        is_json = mime == "application/json" or mime.endswith("+json")
        return re.fullmatch(r"[\w.+-]+/[\w.+-]+", mime) is not None and (is_json or isinstance(data, str))

    return isinstance(value, dict) and all(is_data(mime, data) for mime, data in value.items())


def version(value) -> bool:
    return isinstance(value, str) and re.fullmatch(r"\d+(\.\d+){1,2}", value) is not None


def history_entry(value) -> bool:
    if not (isinstance(value, list) and len(value) == 3 and count(value[0]) and count(value[1])):
        return False
    pair = value[2]
    return isinstance(pair, str) or (
        isinstance(pair, list) and len(pair) == 2 and isinstance(pair[0], str) and isinstance(pair[1], str | None)
    )


def user_expression(value) -> bool:
    if not isinstance(value, dict):
        return False
    rules = {"ok": {"data": mime_bundle, "metadata": dict}, "error": ERROR}
    return value.get("status") in rules and matches(
        {k: v for k, v in value.items() if k != "status"}, rules[value["status"]]
    )


ERROR = {"ename": str, "evalue": str, "traceback": list_of(str)}
DISPLAY = {"data": mime_bundle, "metadata": dict, "transient": {"display_id": Maybe(str)}}
LANGUAGE = {
    "name": str,
    "version": str,
    "mimetype": lambda value: isinstance(value, str) and "/" in value,
    "file_extension": lambda value: isinstance(value, str) and value.startswith("."),
    "pygments_lexer": Maybe(str),
    "codemirror_mode": Maybe(str),
    "nbconvert_exporter": Maybe(str),
}
# Replies by status. An error reply of any request holds the three fields of ERROR.
REPLIES = {
    "kernel_info_reply": {
        "protocol_version": version,
        "implementation": str,
        "implementation_version": version,
        "language_info": LANGUAGE,
        "banner": str,
        "debugger": Maybe(bool),
        "help_links": list_of({"text": str, "url": str}),
        "supported_features": list_of({"debugger", "kernel subshells"}),
    },
    "execute_reply": {
        "execution_count": count,
        "payload": Maybe(list_of(dict)),
        "user_expressions": map_of(user_expression),
    },
    "inspect_reply": {"found": bool, "data": mime_bundle, "metadata": dict},
    "complete_reply": {
        "matches": list_of(str),
        "cursor_start": count,
        "cursor_end": count,
        "metadata": dict,
    },
    "history_reply": {"history": list_of(history_entry)},
    "comm_info_reply": {"comms": map_of({"target_name": str})},
    "shutdown_reply": {"restart": bool},
    "interrupt_reply": {},
}
# The one reply whose status is not about success.
IS_COMPLETE = {"status": {"complete", "incomplete", "invalid", "unknown"}, "indent": Maybe(str)}
PUBLISHED = {
    "status": {"execution_state": {"busy", "idle", "starting"}},
    "stream": {"name": {"stdout", "stderr"}, "text": str},
    "display_data": DISPLAY,
    "update_display_data": DISPLAY,
    "execute_input": {"code": str, "execution_count": count},
    "execute_result": {"execution_count": count, "data": mime_bundle, "metadata": dict, "transient": Maybe(dict)},
    "error": ERROR,
    "clear_output": {"wait": bool},
    "comm_open": {"comm_id": str, "target_name": str, "data": dict},
    "comm_msg": {"comm_id": str, "data": dict},
    "comm_close": {"comm_id": str, "data": dict},
    "iopub_welcome": {"subscription": str},
    "shutdown_reply": {"status": {"ok"}, "restart": bool},
}
STDIN = {"input_request": {"prompt": str, "password": bool}}
HEADER = {
    "msg_id": lambda value: isinstance(value, str) and value != "",
    "msg_type": str,
    "session": lambda value: isinstance(value, str) and value != "",
    "username": str,
    "date": lambda value: isinstance(value, datetime) and value.tzinfo is not None,
    "version": version,
}
# Sent on their own account, so nothing is their parent.
PARENTLESS = {"iopub_welcome"}


def matches(value: Any, rule: Any) -> bool:
    if isinstance(rule, dict):
        if not isinstance(value, dict) or not set(value) <= set(rule):
            return False
        return all(
            matches(value[name], of.rule if isinstance(of, Maybe) else of)
            if name in value
            else isinstance(of, Maybe)
            for name, of in rule.items()
        )
    if isinstance(rule, set):
        return value in rule
    return isinstance(value, rule) if isinstance(rule, type) else rule(value)


def rule_of(channel: str, message: dict[str, Any]) -> Any:
    kind, content = message["msg_type"], message["content"]
    if channel == "iopub":
        return PUBLISHED.get(kind)
    if channel == "stdin":
        return STDIN.get(kind)
    if kind == "is_complete_reply" and content.get("status") != "error":
        return IS_COMPLETE
    if kind not in REPLIES and kind != "is_complete_reply":
        return None
    counted = {"execution_count": count} if kind == "execute_reply" else {}
    by_status = {
        "ok": {"status": {"ok"}, **REPLIES.get(kind, {})},
        "error": {"status": {"error"}, **ERROR, **counted, "payload": Maybe(list_of(dict))},
        "aborted": {"status": {"aborted"}},
    }
    return by_status.get(content.get("status"))


def faults_of(channel: str, message: dict[str, Any]) -> list[str]:
    """What of a message does not follow the specification, one sentence a fault."""
    kind = message["msg_type"]
    faults = []
    rule = rule_of(channel, message)
    if rule is None:
        faults.append(f"{kind} with {message['content']} may not come on {channel}")
    elif not matches(message["content"], rule):
        faults.append(f"content of {kind} on {channel}: {message['content']}")
    if not matches(message["header"], HEADER) or message["header"]["msg_type"] != kind:
        faults.append(f"header of {kind}: {message['header']}")
    if not isinstance(message["metadata"], dict):
        faults.append(f"metadata of {kind}: {message['metadata']}")
    if kind in PARENTLESS and message["parent_header"]:
        faults.append(f"{kind} has a parent: {message['parent_header']}")
    if channel != "iopub" and not message["parent_header"].get("msg_id"):
        faults.append(f"{kind} on {channel} answers nothing")
    return faults
