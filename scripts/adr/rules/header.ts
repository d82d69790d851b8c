import { type Adr, type Finding, fieldNames, type Rule } from '../record.ts';

const known: readonly string[] = fieldNames;

/** Under the title stand all header fields, each once, in their order, and nothing else. */
export const header: Rule = ({ adrs }) => adrs.flatMap((adr) => [...wrongFields(adr), ...strayText(adr)]);

function wrongFields(adr: Adr): Finding[] {
  const names = adr.fields.map((field) => field.name);
  if (names.join() === known.join()) return [];
  const first = adr.fields.find((field, index) => field.name !== known[index]);
  const line = first?.line ?? adr.fields.at(-1)?.line ?? adr.heading?.line ?? 1;
  const missing = known.filter((name) => !names.includes(name));
  const unknown = names.filter((name) => !known.includes(name));
  const message = describe(missing, unknown);
  const hint = `one list item each, in this order: ${known.join(', ')}`;
  return [{ file: adr.file, line, rule: 'header', message, hint }];
}

function describe(missing: readonly string[], unknown: readonly string[]): string {
  if (missing.length > 0) return `the header has no ${missing.join(', no ')}`;
  if (unknown.length > 0) return `the header has no such field as ${unknown.join(', ')}`;
  return 'the header fields are doubled or out of order';
}

function strayText(adr: Adr): Finding[] {
  const [first] = adr.stray;
  if (first === undefined) return [];
  const message = 'text between the title and the first section';
  const hint = 'the header holds only fields; move the text into a section';
  return [{ file: adr.file, line: first.number, rule: 'header', message, hint }];
}
