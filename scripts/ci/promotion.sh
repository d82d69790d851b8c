#!/usr/bin/env bash
# Compiles all environments and hands on, as a step output, the list in which a merge is promoted through them.
set -euo pipefail
cd "$(dirname "$0")/../.."
. scripts/ci/step.sh

compiled=$(mktemp)
trap 'rm -f "$compiled"' EXIT
gatewright validate --format github
gatewright compile --format json >"$compiled"
promotion=$(node -p 'JSON.stringify(JSON.parse(fs.readFileSync(process.argv[1], "utf8")).promotion)' "$compiled")
echo "promotion: $promotion"
echo "promotion=$promotion" >>"$GITHUB_OUTPUT"
