/** One mistake that somebody could make in the table or the emitter. */
export interface Mutant {
  readonly name: string;
  /** Below the repository. */
  readonly file: string;
  /** Stands in the file exactly once: a mutant that no longer fits is an error, not a success. */
  readonly from: string;
  readonly to: string;
}

/** Mutants of one file: name, text, what takes its place. */
export function mutantsOf(file: string, changes: Readonly<Record<string, readonly [string, string]>>): Mutant[] {
  return Object.entries(changes).map(([name, [from, to]]) => ({ name, file, from, to }));
}

export function mutated({ name, file, from, to }: Mutant, source: string): string {
  const found = source.split(from).length - 1;
  if (found !== 1) throw new Error(`mutant "${name}": its text stands ${found} times in ${file}; write it anew`);
  return source.replace(from, () => to);
}
