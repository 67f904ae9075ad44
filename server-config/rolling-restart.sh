#!/bin/sh
# Restarts nodes a and b of start-two-nodes.sh one after the other, under load: SIGTERM, so that a node gives back what it claimed and waits for the
# answers of what it sent (35 s at most); then its start, and only when it serves the next one. Same environment as start-two-nodes.sh.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
work=${CARILLON_WORK:-/var/lib/carillon}
for node in a b; do
  pid=$(cat "$work/$node/node.pid")
  began=$(date +%s)
  kill -TERM "$pid"
  left=${CARILLON_STOP_PATIENCE:-60}
  while case "$(ps -o stat= -p "$pid" 2>/dev/null)" in '' | Z*) false ;; esac; do
    left=$((left - 1))
    if [ "$left" -le 0 ]; then
      echo "rolling-restart.sh: node $node does not stop; nothing else was touched" >&2
      exit 1
    fi
    sleep 1
  done
  echo "node $node stopped after $(($(date +%s) - began)) s"
  "$here/start-two-nodes.sh" "$node"
done
