import type { Finding, Line, Rule } from '../record.ts';
import { blocks, joined } from '../text.ts';

const units =
  'percent|USD|dollars?|ms|s|seconds?|minutes?|hours?|days?|bytes?|characters?|[KMG]i?B|RPS|requests?|tokens?|' +
  'keys?|claims?|values?|clients?|pools?|scopes?|versions?|guardrails?|containers?|filters?|retries|times';
const figurePattern = new RegExp(`(?:\\$\\s?\\d|(?<![\\w.#-])\\d[\\d,.]*\\s?(?:%|(?:${units})\\b))`);
const sourcePattern = /\]\([^()\s]+\)|<https:\/\/[^>\s]+>/;

/** A figure (a number with its unit) has a source in the same paragraph, list item or table row. */
export const figures: Rule = ({ adrs }) =>
  adrs.flatMap((adr) =>
    adr.sections.flatMap((section) => blocks(section.body)).flatMap((block) => unsourced(adr.file, block)),
  );

function unsourced(file: string, block: readonly Line[]): Finding[] {
  const text = joined(block).replace(/`[^`]*`/g, '');
  const figure = figurePattern.exec(text)?.[0];
  const [first] = block;
  if (figure === undefined || first === undefined || sourcePattern.test(text)) return [];
  const hint = 'link where it comes from in the same paragraph, or leave the number out';
  return [{ file, line: first.number, rule: 'figures', message: `"${figure}" has no source`, hint }];
}
