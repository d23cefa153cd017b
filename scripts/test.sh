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

before=${TEST_DATABASE_URL:-}
if settings=$(scripts/services.sh env); then
  eval "$settings"
  [ -n "$before" ] || trap 'scripts/services.sh stop' EXIT
elif [ "${REQUIRE_SERVICES:-}" = 1 ]; then
  exit 1
fi
.venv/bin/python -m pytest -n "${TEST_WORKERS:-2}" --dist loadfile "$@"
