"""How many SQL queries and how much of the processor an answer took, and what Elasticsearch took, as headers for the benchmark's client."""

from collections.abc import Callable
from time import thread_time
from typing import Any

from django.db import connection
from django.http import HttpRequest, HttpResponse

from scripts.bench import took

QUERIES = "X-Bench-Queries"
CPU = "X-Bench-CPU"  # milliseconds; on a busy machine it tells the work from the waiting
TOOK = "X-Bench-Took"  # milliseconds that Elasticsearch tells of


def count_queries(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    took.listen()

    def answer(request: HttpRequest) -> HttpResponse:
        number = 0

        def counted(execute: Callable[..., Any], *arguments: Any) -> Any:
            nonlocal number
            number += 1
            return execute(*arguments)

        took.forget()
        began = thread_time()
        with connection.execute_wrapper(counted):
            response = get_response(request)
        response[CPU] = f"{(thread_time() - began) * 1000:.3f}"
        response[QUERIES] = str(number)
        response[TOOK] = str(took.taken())
        return response

    return answer
