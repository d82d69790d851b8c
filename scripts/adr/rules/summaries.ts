import { type Rule, section } from '../record.ts';
import { paragraphs } from '../text.ts';

/** The summary is one paragraph of prose: the index takes it as it is. */
export const summaries: Rule = ({ adrs }) =>
  adrs.flatMap((adr) => {
    const summary = section(adr, 'Summary');
    if (summary === undefined) return [];
    const blocks = paragraphs(summary.body);
    const at = { file: adr.file, rule: 'summaries' };
    const second = blocks[1]?.[0];
    if (second !== undefined) {
      const hint = 'the index takes one paragraph; the rest belongs under Context or Decision';
      return [{ ...at, line: second.number, message: 'the summary goes on after its paragraph', hint }];
    }
    const structured = summary.body.find((line) => /^\s*(?:[-*+|>#]|\d+\.\s)/.test(line.text));
    if (structured === undefined) return [];
    return [{ ...at, line: structured.number, message: 'the summary is no plain paragraph', hint: 'write sentences' }];
  });
