import { isList, isObject, type Json } from '../../contract/canonical.ts';
import type { Change } from './change.ts';
import type { Difference } from './compare.ts';
import type { Movement } from './field.ts';
import { type Moved, percentMoved } from './movement.ts';
import { below } from './tree.ts';
import { fill, listText, valueText } from './words.ts';

/** How a subject is called at the beginning of a sentence. */
export function titleOf({ kind, name }: Change['subject']): string {
  switch (kind) {
    case 'project':
    case 'federation':
      return kind === 'project' ? 'Project' : 'Federation';
    case 'tenants':
      return `Tenants ${name}`;
    case 'price-list':
      return `Price list ${name}`;
    default:
      return `${kind[0]?.toUpperCase()}${kind.slice(1)} ${name}`;
  }
}

/** The general words; a row of the table may have better ones. A list's label is a plural. */
const general: Readonly<Record<Movement, string>> = {
  set: '{label} is set to {after}{unit}',
  unset: '{label} is removed, was {before}{unit}',
  raised: '{label} rises from {before} to {after}{unit}',
  lowered: '{label} falls from {before} to {after}{unit}',
  changed: '{label} changes from {before} to {after}{unit}',
  gained: '{label} gain {gained}',
  lost: '{label} lose {lost}',
  reordered: 'the order of {label} changes from {before} to {after}',
};

/** Of what came or went as an object, only its name and a few of its values are told. */
const ofObjects: Partial<Readonly<Record<Movement, string>>> = { set: '{label} is added', unset: '{label} is removed' };

const ofLists: Partial<Readonly<Record<Movement, string>>> = {
  set: '{label} are set to {after}',
  unset: '{label} are removed, were {before}',
};

/** What follows a value: who decided it, whom it reaches. */
export interface SentenceNotes {
  readonly before?: string | undefined;
  readonly after?: string | undefined;
  readonly end?: string | undefined;
}

export function sentenceOf(
  subject: Change['subject'],
  difference: Difference,
  moved: Moved,
  notes: SentenceNotes = {},
): string {
  const { field, keys, before, after, path } = difference;
  const told = (value: Json | undefined, note = '') =>
    valueText(value) + bracketed([field.meanings?.[String(value)] ?? '', note].filter((t) => t !== '').join('; '));
  const values = {
    ...Object.fromEntries(keys.map((key, index) => [String(index), key])),
    before: told(before, notes.before),
    after: told(after, notes.after),
    gained: listText(moved.gained.map(valueText)),
    lost: listText(moved.lost.map(valueText)),
    unit: field.unit === undefined ? '' : ` ${field.unit}`,
  };
  const label = fill(field.label, values);
  const clauses = moved.movements.map((movement) => {
    const words = field.phrases?.[movement] ?? wordsOf(movement, movement === 'set' ? after : before);
    return fill(words, { ...values, label: path.length === 0 ? '' : label }).trim();
  });
  // Own words for what came or went say enough.
  const isPhrased = moved.movements.some((movement) => field.phrases?.[movement] !== undefined);
  const brief = isPhrased ? '' : bracketed(briefOf(field.brief, after ?? before));
  const percent = field.percent === true ? bracketed(percentMoved(before, after)) : '';
  const said = clauses.join('; ').replaceAll(`; ${label} `, ' and ');
  return `${titleOf(subject)}${path.length === 0 ? '' : ':'} ${said}${brief}${percent}${bracketed(notes.end)}`;
}

function wordsOf(movement: Movement, value: Json | undefined): string {
  const special = isObject(value) ? ofObjects : isList(value) ? ofLists : undefined;
  return special?.[movement] ?? general[movement];
}

function briefOf(paths: readonly string[] | undefined, value: Json | undefined): string | undefined {
  if (paths === undefined || value === undefined || !isObject(value)) return undefined;
  const told = paths.flatMap((path) => {
    const found = below(value, path);
    return found === undefined ? [] : [`${path.slice(path.lastIndexOf('.') + 1)} ${valueText(found)}`];
  });
  return told.length === 0 ? undefined : told.join('; ');
}

function bracketed(note: string | undefined): string {
  return note === undefined || note === '' ? '' : ` (${note})`;
}
