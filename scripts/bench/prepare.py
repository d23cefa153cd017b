"""The database and the static files of a run, by the project's own commands: python -m scripts.bench.prepare

No offers: hits come from the index.
"""

from contextlib import redirect_stdout
from io import StringIO

import django
from django.core.management import call_command


def main() -> None:
    django.setup()
    from offers.interchange.topics import load_topics

    with redirect_stdout(StringIO()):
        call_command("migrate", interactive=False, verbosity=0)
        call_command("load_places")
        call_command("load_calendar")
        load_topics()
        call_command("create_site")
        call_command("collectstatic", interactive=False, verbosity=0)


if __name__ == "__main__":
    main()
