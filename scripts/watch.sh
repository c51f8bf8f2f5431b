#!/bin/sh
# Keeps watch over the instance that start.mjs has brought up and handed over: `npm start` is both, one after the other. A
# shell does it because it takes 2 MB where Node would take 50, for as long as the instance runs.
set -u
cd "$(dirname "$0")/.." || exit 1
data=${ANANCUS_DATA:-data}
run=$data/run
parent=$PPID
TAIL_LINES=15
stopping=

# A process that has ended but was not fetched by its parent is not alive.
alive() { { read -r _ _ state _ <"/proc/$1/stat"; } 2>/dev/null && [ "$state" != Z ]; }

pid_of() { pid=; { read -r pid <"$run/$1.pid"; } 2>/dev/null; [ -n "$pid" ]; }

tell() { if pid_of "$2"; then kill -"$1" "$pid" 2>/dev/null; fi; }

# Waits for the end of a process, so many seconds at the most; then it is killed.
await() {
  pid_of "$1" || return 0
  left=$(($2 * 5))
  while alive "$pid" && [ "$left" -gt 0 ]; do
    sleep 0.2
    left=$((left - 1))
  done
  if alive "$pid"; then kill -KILL "$pid"; fi
  rm -f "$run/$1.pid"
}

# Ends everything, the databases last. Ctrl-C reaches this process from the terminal and from npm as well: what comes within
# a second is the same wish, what comes later means at once.
stop() {
  trap '' INT TERM HUP
  for tier in web streaming worker; do tell TERM "$tier"; done
  sleep 1
  trap 'for name in web streaming worker redis postgres; do tell KILL "$name"; done; exit 1' INT TERM HUP
  for tier in web streaming worker; do await "$tier" 30; done
  tell TERM redis
  # The fast shutdown of PostgreSQL: open transactions are rolled back, the data is written.
  tell INT postgres
  await redis 15
  await postgres 30
  rm -f "$data/running.env" "$data/start.pid"
}

interrupted() {
  [ -z "$stopping" ] || return
  stopping=yes
  trap '' INT TERM HUP
  printf '\nStopping …\n'
  stop
  exit 0
}

# npm that is killed cannot tell us: then this process gets another parent.
is_orphan() {
  [ -n "${npm_lifecycle_event:-}" ] || return 1
  read -r _ _ _ now _ <"/proc/$$/stat"
  [ "$now" != "$parent" ]
}

trap interrupted INT TERM HUP

while :; do
  for file in "$run"/*.pid; do
    name=$(basename "$file" .pid)
    if ! pid_of "$name" || ! alive "$pid"; then
      printf '\nAnancus stops. The %s process ended unexpectedly. Its log ends so:\n' "$name" >&2
      tail -n "$TAIL_LINES" "$data/logs/$name.log" >&2
      stop
      exit 1
    fi
  done
  if is_orphan; then
    stop
    exit 1
  fi
  # In the background, because a signal waits for the end of what runs in the foreground.
  sleep 2 &
  wait $!
done
