# shellcheck shell=bash
# Sourced by the steps beside it: the command line, and the job summary, of which GitHub keeps 1 MiB per step and
# nothing of one that is larger.

export NO_COLOR=1
unset FORCE_COLOR

gatewright() {
  node build/cli/main.js "$@"
}

# summary_heading TEXT
summary_heading() {
  printf '\n## %s\n\n' "$1" >>"$GITHUB_STEP_SUMMARY"
}

# summary_markdown FILE BYTES: at most BYTES of FILE, whole lines only.
summary_markdown() {
  whole_lines "$1" "$2" >>"$GITHUB_STEP_SUMMARY"
  cut_note "$1" "$2"
}

# summary_text FILE BYTES: the same as preformatted text. Indented, because no content can end such a block, as a line of
# backticks would end a fenced one. The indent counts.
summary_text() {
  local indented
  indented=$(mktemp)
  sed 's/^/    /' "$1" >"$indented"
  summary_markdown "$indented" "$2"
  rm -f "$indented"
}

whole_lines() {
  if (($(wc -c <"$1") <= $2)); then cat "$1"; else head -c "$2" "$1" | sed '$d'; fi
}

cut_note() {
  if (($(wc -c <"$1") > $2)); then
    printf '\n\n**Cut here: too long for a job summary. All of it is in the log of this step.**\n' >>"$GITHUB_STEP_SUMMARY"
  fi
}
