import type { Context, Finding, Rule } from './record.ts';
import { alternatives } from './rules/alternatives.ts';
import { dates } from './rules/dates.ts';
import { figures } from './rules/figures.ts';
import { fileNames } from './rules/file-names.ts';
import { header } from './rules/header.ts';
import { headings } from './rules/headings.ts';
import { links } from './rules/links.ts';
import { relations } from './rules/relations.ts';
import { sections } from './rules/sections.ts';
import { statuses } from './rules/statuses.ts';
import { summaries } from './rules/summaries.ts';

export const rules: Readonly<Record<string, Rule>> = {
  'file-names': fileNames,
  headings,
  header,
  statuses,
  dates,
  sections,
  summaries,
  alternatives,
  relations,
  links,
  figures,
};

/** All findings of all rules, by file and line. */
export function lint(context: Context): Finding[] {
  return Object.values(rules)
    .flatMap((rule) => rule(context))
    .toSorted((a, b) => compare(a.file, b.file) || a.line - b.line || compare(a.message, b.message));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

export function render(finding: Finding, folder: string): string {
  return `${folder}${finding.file}:${finding.line}: ${finding.message} — ${finding.hint}`;
}
