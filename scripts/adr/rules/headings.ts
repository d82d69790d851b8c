import type { Rule } from '../record.ts';

/** The first heading is `# NNN. Title` with the number of the file name. */
export const headings: Rule = ({ adrs }) =>
  adrs.flatMap((adr) => {
    const at = { file: adr.file, line: adr.heading?.line ?? 1, rule: 'headings' };
    const expected = adr.number ?? 'NNN';
    if (adr.heading?.number === undefined) {
      return [{ ...at, message: 'the record does not open with a numbered title', hint: `write # ${expected}. Title` }];
    }
    if (adr.number === undefined || adr.heading.number === adr.number) return [];
    const message = `the title is numbered ${adr.heading.number}, the file ${adr.number}`;
    return [{ ...at, message, hint: `write # ${expected}. ${adr.heading.title}` }];
  });
