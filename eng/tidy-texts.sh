#!/usr/bin/env bash
# Texts of two branches merge by keeping the lines of both. Where both brought the same key, the first stays.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
for texts in $(git ls-files 'src/**/Resources/Text*.resx'); do
  awk 'match($0, /<data name="[^"]*"/) && seen[substr($0, RSTART, RLENGTH)]++ { next } 1' "$texts" >"$texts.tidy"
  cmp -s "$texts" "$texts.tidy" && rm "$texts.tidy" || { mv "$texts.tidy" "$texts"; echo "tidied $texts"; }
done
