import { join } from 'node:path';
import { type Compilation, compile } from '../../compiler/compile.ts';
import type { Finding } from '../../compiler/diagnostics/finding.ts';
import type { Release } from '../../compiler/emit/release.ts';
import { readTree } from '../../compiler/source/read.ts';
import type { SourceTree } from '../../compiler/source/tree.ts';
import type { ArtifactName } from '../../contract/artifacts/artifacts.ts';
import { day } from '../day.ts';

/** A configuration tree as text: path → YAML. */
export type Files = Readonly<Record<string, string>>;

export { day };

export const repository = join(import.meta.dirname, '../..');

export const minimal: Files = filesIn(join(import.meta.dirname, 'projects/minimal'));

export function filesIn(root: string): Files {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  return Object.fromEntries(
    readTree(root).files.map(({ path, content }) => {
      if ('refused' in content) throw new Error(`${path}: ${content.refused}`);
      return [path, decoder.decode(content)];
    }),
  );
}

/** `null` takes a file away. */
export function overlay(base: Files, changes: Readonly<Record<string, string | null>>): Files {
  const merged = Object.entries({ ...base, ...changes });
  return Object.fromEntries(merged.filter((entry): entry is [string, string] => entry[1] !== null));
}

/** Several files in one text: each begins with a line `# file: PATH`; `# remove: PATH` takes one of the base away. */
export function sections(text: string): Record<string, string | null> {
  const found: Record<string, string | null> = {};
  let current: string | undefined;
  for (const line of text.split(/(?<=\n)/)) {
    const [, verb, path] = /^# (file|remove): (\S+)$/.exec(line.trimEnd()) ?? [];
    if (path !== undefined) {
      current = verb === 'file' ? path : undefined;
      found[path] = verb === 'file' ? '' : null;
    } else if (current !== undefined) found[current] += line;
  }
  return found;
}

/** In the order of the record, which the compiler must not depend on beyond what readTree promises: sorted by path. */
export function treeOf(files: Files): SourceTree {
  const encoder = new TextEncoder();
  const paths = Object.keys(files).sort();
  return { files: paths.map((path) => ({ path, content: encoder.encode(files[path]) })) };
}

export function compiled(files: Files, environments?: readonly string[]): Compilation {
  const input = { tree: treeOf(files), date: day, commit: null, toolVersion: 'test' };
  return compile(environments === undefined ? input : { ...input, environments });
}

/** The release of one environment, or an error that says why there is none. */
export function releaseOf(files: Files, environment: string): Release {
  const { releases, findings } = compiled(files, [environment]);
  const [release] = releases;
  if (release === undefined) throw new Error(`no release of ${environment}:\n${findings.map(line).join('\n')}`);
  return release;
}

export function parsed<T>(release: Release, artifact: ArtifactName): T {
  return JSON.parse(release.artifacts[artifact]) as T;
}

/** `code file:line:column message — hint` */
export function line({ code, place, message, hint }: Finding): string {
  const { line: row, column } = place.range.start;
  return `${code} ${place.file}:${row}:${column} ${message}${hint === undefined ? '' : ` — ${hint}`}`;
}
