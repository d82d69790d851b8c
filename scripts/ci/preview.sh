#!/usr/bin/env bash
# What a pull request changes, as the job summary: the findings, the config tests, then the changes against its base.
# What is checked out is the merge of the two, so the first parent is the base as it is now; the base that GitHub's event
# names may be older. Fails when the configuration has errors or a config test fails; errors of the base do not count.
# Reads nothing but the repository.
set -euo pipefail
cd "$(dirname "$0")/../.."
. scripts/ci/step.sh

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# Findings become annotations on the lines of the pull request; all of them go to the job summary as well.
status=0
gatewright validate --format github || status=$?
if ((status != 0)); then exit "$status"; fi

gatewright test >"$work/tests" || status=$?
cat "$work/tests"
summary_heading "Config tests"
summary_text "$work/tests" 200000
if ((status != 0)); then exit "$status"; fi

gatewright diff --base "$(git rev-parse HEAD^1)" --format markdown >"$work/changes"
cat "$work/changes"
printf '\n' >>"$GITHUB_STEP_SUMMARY"
summary_markdown "$work/changes" 800000
