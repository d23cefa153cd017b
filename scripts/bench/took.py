"""What Elasticsearch says it took: its own milliseconds of every answer, added up in the thread that asked."""

from threading import local
from typing import Any

from elastic_transport import Transport, TransportApiResponse

_of_thread = local()


def listen() -> None:
    """From now on, note what every answer in this process says."""
    ask = Transport.perform_request

    def noting(self: Transport, *arguments: Any, **options: Any) -> TransportApiResponse:
        answer = ask(self, *arguments, **options)
        if isinstance(answer.body, dict):
            _of_thread.milliseconds = taken() + answer.body.get("took", 0)
        return answer

    Transport.perform_request = noting  # type: ignore[method-assign]


def forget() -> None:
    _of_thread.milliseconds = 0


def taken() -> int:
    """Milliseconds since `forget`, 0 where nobody asked a server."""
    return int(getattr(_of_thread, "milliseconds", 0))
