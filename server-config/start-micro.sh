#!/bin/sh
# Starts one node: the WAR on Payara Micro, against a PostgreSQL server that is already there. Everything comes from the environment;
# carillon.env.example names it. Any number of nodes may run against one database.
#   set -a; . ./carillon.env; set +a; ./start-micro.sh
set -eu
here=$(cd "$(dirname "$0")" && pwd)

need() {
  eval "value=\${$1:-}"
  if [ -z "$value" ]; then
    echo "start-micro.sh: $1 is not set; see carillon.env.example" >&2
    exit 2
  fi
}
need CARILLON_JDBC_URL
need CARILLON_JDBC_PASSWORD
need CARILLON_JDBC_OWNERPASSWORD
need CARILLON_PUBLICURL

war=${CARILLON_WAR:-$here/carillon.war}
payara=${CARILLON_PAYARA:-$here/payara-micro.jar}
for file in "$war" "$payara"; do
  if [ ! -f "$file" ]; then
    echo "start-micro.sh: $file is missing; set CARILLON_WAR and CARILLON_PAYARA" >&2
    exit 2
  fi
done
work=${CARILLON_WORK:-/var/lib/carillon}
export CARILLON_HTTP_ADDRESS="${CARILLON_HTTP_ADDRESS:-127.0.0.1}"
mkdir -p "$work/tmp"
rm -rf "$work/payara"

# no Hazelcast: nodes share nothing but the database (SEC-30: one open port)
# shellcheck disable=SC2086
exec "${JAVA_HOME:+$JAVA_HOME/bin/}java" -Xmx"${CARILLON_HEAP:-512m}" ${CARILLON_JAVA_OPTIONS:-} -Dfile.encoding=UTF-8 -Djava.io.tmpdir="$work/tmp" \
  -XX:+ExitOnOutOfMemoryError -jar "$payara" --nohazelcast --disablephonehome --contextroot / --rootdir "$work/payara" \
  --port "${CARILLON_HTTP_PORT:-8080}" --prebootcommandfile "$here/pre-boot.asadmin" --logproperties "$here/logging.properties" --deploy "$war"
