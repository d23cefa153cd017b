"""How many SQL queries and how much of the processor an answer took, as headers for the benchmark's client."""

from collections.abc import Callable
from time import thread_time
from typing import Any

from django.db import connection
from django.http import HttpRequest, HttpResponse

QUERIES = "X-Bench-Queries"
CPU = "X-Bench-CPU"  # milliseconds; on a busy machine it tells the work from the waiting


def count_queries(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    def answer(request: HttpRequest) -> HttpResponse:
        number = 0

        def counted(execute: Callable[..., Any], *arguments: Any) -> Any:
            nonlocal number
            number += 1
            return execute(*arguments)

        began = thread_time()
        with connection.execute_wrapper(counted):
            response = get_response(request)
        response[CPU] = f"{(thread_time() - began) * 1000:.3f}"
        response[QUERIES] = str(number)
        return response

    return answer
