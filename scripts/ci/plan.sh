#!/usr/bin/env bash
# What a deploy to ENVIRONMENT would do, into the job summary and the log. A refused plan fails.
set -euo pipefail
cd "$(dirname "$0")/../.."
. scripts/ci/step.sh

plan=$(mktemp)
trap 'rm -f "$plan"' EXIT
status=0
gatewright plan --env "$ENVIRONMENT" >"$plan" 2>&1 || status=$?

cat "$plan"
summary_heading "Plan for $ENVIRONMENT"
summary_text "$plan" 1000000
exit "$status"
