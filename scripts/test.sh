#!/usr/bin/env bash
# All tests, with the services they need. CI=true or REQUIRE_SERVICES=1 makes a missing service a failure.
#   scripts/test.sh [pytest's arguments]
set -euo pipefail
cd "$(dirname "$0")/.."
if [ "${CI:-}" = true ] || [ "${REQUIRE_SERVICES:-}" = 1 ]; then export REQUIRE_SERVICES=1; fi

if ! command -v chromium >/dev/null && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  echo "Chromium …"
  (apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium) >/dev/null
fi

# What ran before goes on afterwards: somebody else may be using it.
started=()
for service in postgres elasticsearch; do
  scripts/$service.sh status || started+=("$service")
done
trap 'for service in "${started[@]}"; do scripts/$service.sh stop; done' EXIT
if ! settings=$(scripts/services.sh env) && [ "${REQUIRE_SERVICES:-}" = 1 ]; then exit 1; fi
eval "$settings"
pytest() { .venv/bin/python -m pytest -n "${TEST_WORKERS:-2}" --dist loadfile "$@"; }

pytest "$@"
# What asks the database, once more on PostgreSQL. A call with arguments is somebody's own choice of tests and runs once.
if [ $# = 0 ] && [ -n "${TEST_DATABASE_URL:-}" ]; then
  echo "The same on PostgreSQL"
  # Of tests/people not the two that try every address and every rule: they ask nothing of the database that the others do not.
  DATABASE_URL=$TEST_DATABASE_URL pytest tests/places tests/offers tests/news tests/search tests/cms tests/people \
    --ignore tests/people/access --ignore tests/people/mutations -m "not browser and not elasticsearch"
elif [ $# = 0 ]; then
  printf '\n  NOT TESTED on PostgreSQL: no server. See scripts/postgres.sh.\n\n'
fi
if [ -z "${ELASTICSEARCH_TEST_URL:-}" ]; then
  printf '\n  NOT TESTED on Elasticsearch: no server. See scripts/elasticsearch.sh.\n\n'
fi
