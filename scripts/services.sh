#!/usr/bin/env bash
# What tests and benchmarks talk to: PostgreSQL, Elasticsearch. Starts what is not there and says where it is.
#   scripts/services.sh        start, print the settings
#   scripts/services.sh env    print `export` lines only, for eval
#   scripts/services.sh stop   stop what these scripts started
# A service that cannot be had says why and makes the end 1; the others are there all the same.
set -euo pipefail
cd "$(dirname "$0")/.."
missing=0
for service in postgres elasticsearch; do
  "scripts/$service.sh" "${1:-start}" || missing=1
done
exit $missing
