#!/usr/bin/env bash
# Starts a PostgreSQL server for tests alone, prints its connection string on one line, and keeps it
# until standard input closes; then the server stops and its folder goes. A caller that is killed closes
# its end as well, so nothing stays behind.
set -euo pipefail

say() { echo "private-postgres: $*" >&2; }

find_binaries() {
  local initdb
  initdb=$(ls -d /usr/lib/postgresql/*/bin/initdb /usr/pgsql-*/bin/initdb 2>/dev/null | sort -V | tail -n 1)
  [ -n "$initdb" ] || initdb=$(command -v initdb || true)
  [ -n "$initdb" ] || { say "no PostgreSQL server found (Debian: apt-get install postgresql)"; exit 1; }
  dirname "$initdb"
}

# The server refuses to run as root.
as_owner() {
  if [ "$(id -u)" -eq 0 ]; then runuser -u postgres -- "$@"; else "$@"; fi
}

free_port() {
  local port
  while :; do
    port=$((20000 + RANDOM % 12000))
    (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null || { echo "$port"; return; }
  done
}

stop() {
  trap '' EXIT INT TERM HUP
  [ -f "$home/data/postmaster.pid" ] && as_owner "$bin/pg_ctl" -D "$home/data" -m immediate stop >/dev/null 2>&1
  rm -rf "$home"
}

bin=$(find_binaries)
home=$(mktemp -d -t tccrm-postgres.XXXXXX)
trap stop EXIT
trap 'exit 1' INT TERM HUP
cd "$home"
[ "$(id -u)" -ne 0 ] || chown postgres "$home"

password=$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')
(umask 077 && echo "$password" >"$home/password")
[ "$(id -u)" -ne 0 ] || chown postgres "$home/password"
# C sorts like SQLite does, so that both engines give the same pages.
as_owner "$bin/initdb" -D "$home/data" -U tccrm --pwfile="$home/password" -A scram-sha-256 \
  --locale=C --encoding=UTF8 --no-sync >"$home/initdb.log" 2>&1 || { say "initdb failed"; cat "$home/initdb.log" >&2; exit 1; }
cat >>"$home/data/postgresql.conf" <<CONF
listen_addresses = '127.0.0.1'
unix_socket_directories = '$home'
max_connections = 300
fsync = off
synchronous_commit = off
full_page_writes = off
CONF

started=
for _ in 1 2 3 4 5; do
  port=$(free_port)
  if as_owner "$bin/pg_ctl" -D "$home/data" -l "$home/data/server.log" -w -t 60 -o "-p $port" start >/dev/null 2>&1 </dev/null; then
    started=yes
    break
  fi
done
[ -n "$started" ] || { say "the server did not start"; cat "$home/data/server.log" >&2; exit 1; }

echo "Host=127.0.0.1;Port=$port;Username=tccrm;Password=$password;Database=postgres"
cat >/dev/null
