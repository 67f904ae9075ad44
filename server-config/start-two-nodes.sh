#!/bin/sh
# Starts two nodes, a and b, on this machine and one database. Settings as for start-micro.sh, from the environment; besides
#   CARILLON_WORK       folder of both (/var/lib/carillon): their logs and process numbers are in a/ and b/ of it
#   CARILLON_HTTP_PORT  port of node a (8080); CARILLON_HTTP_PORT_B that of node b (the next one)
#   CARILLON_CLUSTER    yes: sign-in survives a node (see start-micro.sh); ports 6900 and 6901
#   set -a; . ./carillon.env; set +a; ./start-two-nodes.sh          both, and waits until they serve
#   ./start-two-nodes.sh b                                         only this one
# Stop them with SIGTERM: kill "$(cat /var/lib/carillon/a/node.pid)". Put a proxy before both that asks /health/ready.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
work=${CARILLON_WORK:-/var/lib/carillon}
port_a=${CARILLON_HTTP_PORT:-8080}
port_b=${CARILLON_HTTP_PORT_B:-$((port_a + 1))}
cluster_port=${CARILLON_CLUSTER_PORT:-6900}

port() { if [ "$1" = a ]; then echo "$port_a"; else echo "$port_b"; fi; }

# a killed process that nobody has waited for yet still has its number
lives() { case "$(ps -o stat= -p "$1" 2>/dev/null)" in '' | Z*) return 1 ;; esac; }

start() {
  mkdir -p "$work/$1"
  if [ -f "$work/$1/node.pid" ] && lives "$(cat "$work/$1/node.pid")"; then
    echo "start-two-nodes.sh: node $1 runs already" >&2
    exit 2
  fi
  (
    export CARILLON_NODE="${CARILLON_NODE:-$(hostname)}-$1" CARILLON_WORK="$work/$1" CARILLON_HTTP_PORT="$(port "$1")"
    if [ "${CARILLON_CLUSTER:-}" = yes ]; then
      export CARILLON_CLUSTER_MEMBERS="127.0.0.1:$cluster_port,127.0.0.1:$((cluster_port + 1))"
      if [ "$1" = a ]; then export CARILLON_CLUSTER_PORT="$cluster_port"; else export CARILLON_CLUSTER_PORT="$((cluster_port + 1))"; fi
    fi
    exec nohup "$here/start-micro.sh" >>"$work/$1/node.log" 2>&1 </dev/null
  ) &
  echo $! >"$work/$1/node.pid"
}

# ready: the application is deployed, the database answers, and this node may send
await() {
  left=${CARILLON_PATIENCE:-180}
  until curl -fsS -o /dev/null -m 5 "http://127.0.0.1:$(port "$1")/health/ready" 2>/dev/null; do
    if ! lives "$(cat "$work/$1/node.pid")"; then
      echo "start-two-nodes.sh: node $1 ended; see $work/$1/node.log" >&2
      exit 1
    fi
    left=$((left - 1))
    if [ "$left" -le 0 ]; then
      echo "start-two-nodes.sh: node $1 does not serve; see $work/$1/node.log" >&2
      exit 1
    fi
    sleep 1
  done
  echo "node $1 serves at http://127.0.0.1:$(port "$1")/"
}

if [ $# -eq 0 ]; then
  set -- a b
fi
for node in "$@"; do
  case $node in a | b) ;; *) echo "usage: start-two-nodes.sh [a] [b]" >&2; exit 2 ;; esac
  start "$node"
done
for node in "$@"; do await "$node"; done
