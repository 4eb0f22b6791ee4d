#!/usr/bin/env bash
# Takes pictures of the main pages in both languages, themes and widths, to be looked at before a release.
#   eng/pictures.sh FOLDER     all of them
#   eng/pictures.sh --readme   docs/pictures/customers.png alone
set -euo pipefail
[ $# -eq 1 ] || { sed -n '2,4p' "$0" >&2; exit 2; }
[ "$1" = --readme ] || { mkdir -p "$1"; TCCRM_PICTURES=$(realpath "$1"); export TCCRM_PICTURES; }
cd "$(dirname "${BASH_SOURCE[0]}")/.."
export TMPDIR; TMPDIR=$(mktemp -d); trap 'rm -rf "$TMPDIR"' EXIT
dotnet run --project tests/TcCrm.BrowserTests -- --filter-class "*PictureBook"
[ "$1" != --readme ] || install -D -m 644 "$TMPDIR/tccrm-pictures/customers-zh-cn-light-1440.png" docs/pictures/customers.png
