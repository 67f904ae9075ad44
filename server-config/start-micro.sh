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

# without Hazelcast nodes share nothing but the database (SEC-30: one open port). With CARILLON_CLUSTER_MEMBERS, such as
# 10.0.0.1:6900,10.0.0.2:6900, sessions live on all of them and a sign-in survives its node. Hazelcast has no password and listens on every interface:
# let only the members reach its port. The WAR is then started from a copy that says it may be distributed; that needs a JDK (jar).
if [ -n "${CARILLON_CLUSTER_MEMBERS:-}" ]; then
  cluster="--clustermode tcpip:$CARILLON_CLUSTER_MEMBERS --startport ${CARILLON_CLUSTER_PORT:-6900}"
  cluster="$cluster --interfaces ${CARILLON_CLUSTER_INTERFACE:-127.0.0.1} --clustername carillon"
  rm -rf "$work/war" && mkdir -p "$work/war"
  cp "$war" "$work/war/carillon.war"
  (
    cd "$work/war"
    "${JAVA_HOME:+$JAVA_HOME/bin/}jar" xf carillon.war WEB-INF/web.xml
    sed -i 's#</display-name>#</display-name><distributable/><context-param><param-name>jakarta.faces.SERIALIZE_SERVER_STATE</param-name><param-value>true</param-value></context-param>#' WEB-INF/web.xml
    "${JAVA_HOME:+$JAVA_HOME/bin/}jar" uf carillon.war WEB-INF/web.xml
  )
  war="$work/war/carillon.war"
else
  cluster=--nohazelcast
fi
# shellcheck disable=SC2086
exec "${JAVA_HOME:+$JAVA_HOME/bin/}java" -Xmx"${CARILLON_HEAP:-512m}" ${CARILLON_JAVA_OPTIONS:-} -Dfile.encoding=UTF-8 -Djava.io.tmpdir="$work/tmp" \
  -XX:+ExitOnOutOfMemoryError -jar "$payara" $cluster --disablephonehome --contextroot / --rootdir "$work/payara" \
  --port "${CARILLON_HTTP_PORT:-8080}" --prebootcommandfile "$here/pre-boot.asadmin" --postdeploycommandfile "$here/deployed.asadmin" \
  --logproperties "$here/logging.properties" --deploy "$war"
