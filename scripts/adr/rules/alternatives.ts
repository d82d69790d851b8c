import { type Finding, type Line, type Rule, section } from '../record.ts';

/** Alternatives holds a table: a head, its rule, and at least one row, all of the same width. */
export const alternatives: Rule = ({ adrs }) =>
  adrs.flatMap((adr) => {
    const found = section(adr, 'Alternatives');
    if (found === undefined) return [];
    const rows = found.body.filter((line) => line.text.startsWith('|'));
    const [head, rule, first] = rows;
    const at = { file: adr.file, line: head?.number ?? found.line, rule: 'alternatives' };
    if (head === undefined || rule === undefined || !/^\|(?: *:?-+:? *\|)+$/.test(rule.text.trim())) {
      const hint = 'write | Alternative | For it | Against it |, a line of | --- |, and a row for each';
      return [{ ...at, message: 'Alternatives has no table', hint }];
    }
    if (first === undefined) return [{ ...at, message: 'the table has no row', hint: 'name what else was weighed' }];
    return rows.flatMap((row): Finding[] => wrongWidth(row, cells(head)).map((finding) => ({ ...at, ...finding })));
  });

function wrongWidth(row: Line, width: number): Pick<Finding, 'line' | 'message' | 'hint'>[] {
  if (cells(row) === width) return [];
  const message = `the row has ${cells(row)} cells, the head ${width}`;
  return [{ line: row.number, message, hint: 'a | inside a cell is written \\|' }];
}

function cells(row: Line): number {
  return row.text.trim().replace(/\\\|/g, '').replace(/^\|/, '').replace(/\|$/, '').split('|').length;
}
