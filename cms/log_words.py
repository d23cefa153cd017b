"""How actions of ours are told in Wagtail's log."""

from typing import Any

from wagtail.log_actions import LogActionRegistry, LogFormatter


def register(registry: LogActionRegistry, action: str, formatter: type[LogFormatter], **words: Any) -> None:
    """Tell an action by a formatter with words of its own; Wagtail takes one class for each action."""
    registry.register_action(action)(type(formatter.__name__, (formatter,), words))
