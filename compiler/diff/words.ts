import { isList, isObject, type Json } from '../../contract/canonical.ts';

const shownItems = 5;
const shownCharacters = 160;

/** A value in a sentence: bounded, on one line. */
export function valueText(value: Json | undefined): string {
  if (value === undefined || value === null) return 'nothing';
  if (isList(value)) return value.length === 0 ? 'none' : listText(value.map(valueText));
  if (isObject(value))
    return listText(
      Object.keys(value)
        .sort()
        .map((key) => `${key} ${valueText(value[key])}`),
    );
  return shortened(String(value));
}

/** `a, b, c and 4 more`. */
export function listText(items: readonly string[]): string {
  if (items.length <= shownItems + 1) return items.join(', ');
  return `${items.slice(0, shownItems).join(', ')} and ${items.length - shownItems} more`;
}

export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

/** Replaces `{0}`, `{before}` and the like; what is put in is not read again. */
export function fill(template: string, values: Readonly<Record<string, string>>): string {
  return template.replace(/\{(\w+)\}/g, (whole, key: string) => values[key] ?? whole);
}

function shortened(text: string): string {
  const line = text.replace(/\s+/g, ' ');
  return line.length <= shownCharacters ? line : `${[...line].slice(0, shownCharacters).join('')}…`;
}
