#!/usr/bin/env bash
# Whether the commit that is checked out is still the head of main, as a step output. Where it is not, the run of the
# newer one deploys this change with it, and this run has nothing to do.
set -euo pipefail
cd "$(dirname "$0")/../.."

ours=$(git rev-parse HEAD)
main=$(git rev-parse origin/main)
if [[ $ours == "$main" ]]; then newest=true; else newest=false; fi
if [[ $newest == false ]]; then echo "::notice::main has moved on to ${main:0:12}: this run deploys nothing"; fi
echo "newest=$newest" >>"$GITHUB_OUTPUT"
