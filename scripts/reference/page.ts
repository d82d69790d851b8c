/** A generated document: its file below docs/, and its text. */
export interface Page {
  readonly file: string;
  readonly text: string;
}

/** A page begins by saying what it is made from. */
export function page(file: string, sources: string, parts: readonly string[]): Page {
  const notice = `<!-- Generated from ${sources} by \`npm run reference\`; do not edit. -->`;
  return { file, text: `${[notice, ...parts].join('\n\n')}\n` };
}

export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), `|${'---|'.repeat(head.length)}`, ...rows.map(line)].join('\n');
}

/** A block of `text` in a fence that it does not contain. */
export function fenced(language: string, text: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}${language}\n${text.trimEnd()}\n${fence}`;
}

/** The first lines, and how many more there are. */
export function shortened(text: string, lines: number, mark: (more: number) => string): string {
  const all = text.trimEnd().split('\n');
  return all.length <= lines ? all.join('\n') : [...all.slice(0, lines - 1), mark(all.length - lines + 1)].join('\n');
}
