import type { Locator, Origin, Position, Range } from './finding.ts';

export const startOfFile: Range = { start: { line: 1, column: 1 }, end: { line: 1, column: 1 } };

/** Where an origin stands; in a file that could not be read, at its start. */
export function positionOf({ file, path, key }: Origin, documents: ReadonlyMap<string, Locator>): Position {
  return (documents.get(file)?.locate(path, key) ?? startOfFile).start;
}
