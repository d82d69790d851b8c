import { type Adr, type FieldName, field } from './record.ts';

/** `[017](017-agentgateway-data-plane.md)` in a header field. */
export type Reference = { readonly number: string; readonly file: string };

/** The header fields that link records: what answers each in the other record, and whether that is an earlier one. */
export const relations = [
  { name: 'Supersedes', inverse: 'Superseded by', leads: 'back' },
  { name: 'Superseded by', inverse: 'Supersedes', leads: 'on' },
  { name: 'Amends', inverse: 'Amended by', leads: 'back' },
  { name: 'Amended by', inverse: 'Amends', leads: 'on' },
] as const satisfies readonly {
  readonly name: FieldName;
  readonly inverse: FieldName;
  readonly leads: 'back' | 'on';
}[];

export type RelationName = (typeof relations)[number]['name'];

const referencePattern = /^\[(\d{3})\]\(([^()\s/]+\.md)\)$/;

/** The references of a field; undefined where its value is neither `none` nor a list of them. */
export function references(adr: Adr, name: RelationName): readonly Reference[] | undefined {
  const value = field(adr, name)?.value;
  if (value === undefined || value === 'none') return [];
  const parsed = value.split(',').map((part) => referencePattern.exec(part.trim()));
  const found = parsed.flatMap((match) => (match === null ? [] : [{ number: match[1] ?? '', file: match[2] ?? '' }]));
  return found.length === parsed.length ? found : undefined;
}
