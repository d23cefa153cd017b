"""Entries of the admin's menu that not everybody gets."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from wagtail.admin.menu import MenuItem


class MenuItemFor(MenuItem):
    """An entry for those whose request fulfils a condition."""

    def __init__(self, shown: Callable[[HttpRequest], bool], label: Any, url: str, **options: Any) -> None:
        super().__init__(label, url, **options)
        self._shown = shown

    def is_shown(self, request: HttpRequest) -> bool:
        return self._shown(request)
