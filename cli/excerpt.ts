import { withoutKeys } from '../compiler/diagnostics/secret.ts';

const width = 80;
/** Of what both texts have before they differ, so that a reader sees where he is. */
const lead = 24;

/** A value as one line that is not too long. */
export function excerpt(value: unknown): string {
  return cut(withoutKeys(JSON.stringify(value)), 0);
}

/** Two values as one line each, cut in the same place: around the first character in which they differ. */
export function excerpts(before: unknown, after: unknown): readonly [before: string, after: string] {
  const [a, b] = [withoutKeys(JSON.stringify(before)), withoutKeys(JSON.stringify(after))];
  const longest = Math.max(a.length, b.length);
  const difference = [...Array(longest).keys()].find((index) => a[index] !== b[index]) ?? 0;
  const start = longest <= width || difference < width - lead ? 0 : difference - lead;
  return [cut(a, start), cut(b, start)];
}

function cut(text: string, start: number): string {
  const opening = start === 0 ? '' : '…';
  const room = width - opening.length;
  const rest = text.slice(start);
  return opening + (rest.length <= room ? rest : `${rest.slice(0, room - 1)}…`);
}
