#!/usr/bin/env bash
# PostgreSQL for tests and benchmarks, with a database of its own.
#   scripts/postgres.sh          start, print where it is
#   scripts/postgres.sh env      start, print `export` lines only, for eval
#   scripts/postgres.sh status   0 when it runs
#   scripts/postgres.sh stop     stop what this script started
set -euo pipefail
state=${SERVICES_DIR:-/tmp/family-directory-services}
port=${POSTGRES_PORT:-54329}
url="postgres://family:family@127.0.0.1:$port/family"

# A server that is already there wins: TEST_DATABASE_URL names it.
if [ -n "${TEST_DATABASE_URL:-}" ]; then
  [[ "${1:-}" =~ ^(stop|status)$ ]] && exit 0
  echo "export TEST_DATABASE_URL=$TEST_DATABASE_URL"
  exit 0
fi

as_owner() { if [ "$(id -u)" = 0 ]; then su postgres -s /bin/bash -c "$1"; else bash -c "$1"; fi; }

binaries() { ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -1; }

running() { [ -n "$(binaries)" ] && [ -d "$state/data" ] && as_owner "$(binaries)/pg_ctl -D $state/data status" >/dev/null 2>&1; }

if [ "${1:-}" = status ]; then
  running
  exit
fi

if [ "${1:-}" = stop ]; then
  [ -d "$state/data" ] && as_owner "$(binaries)/pg_ctl -D $state/data -m fast -w stop" >/dev/null || true
  exit 0
fi

if [ -z "$(binaries)" ]; then
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    (apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq postgresql) >&2
  else
    echo "services: PostgreSQL is missing. Install it (Debian: apt-get install postgresql) or name a server in TEST_DATABASE_URL." >&2
    exit 1
  fi
fi

if [ ! -d "$state/data" ]; then
  mkdir -p "$state" && { [ "$(id -u)" != 0 ] || chown postgres "$state"; }
  as_owner "$(binaries)/initdb -D $state/data -A trust -U family --locale=C.UTF-8 -E UTF8" >/dev/null
fi
if ! running; then
  as_owner "$(binaries)/pg_ctl -D $state/data -w -l $state/log -o '-p $port -k $state -c listen_addresses=127.0.0.1 -c fsync=off' start" >/dev/null
fi
as_owner "$(binaries)/createdb -h 127.0.0.1 -p $port -U family family" 2>/dev/null || true
if [ "${1:-}" = env ]; then echo "export TEST_DATABASE_URL=$url"; else echo "PostgreSQL: $url"; fi
