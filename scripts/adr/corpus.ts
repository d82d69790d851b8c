import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { catalogueFile } from './catalogue.ts';
import { parseAdr } from './parse.ts';
import type { Context } from './record.ts';

export const templateFile = 'template.md';

export type Corpus = Omit<Context, 'today'> & {
  /** The text of the index; undefined where there is none. */
  readonly catalogue: string | undefined;
};

/** Reads a folder of records: every Markdown file in it but index and template. */
export function readCorpus(folder: string): Corpus {
  const entries = readdirSync(folder, { withFileTypes: true });
  const isRecord = (name: string): boolean => name.endsWith('.md') && name !== catalogueFile && name !== templateFile;
  const files = entries.filter((entry) => entry.isFile()).map((entry) => entry.name);
  const records = files.filter(isRecord).sort();
  const known = new Set([...records, catalogueFile, templateFile]);
  const text = (name: string): string => readFileSync(join(folder, name), 'utf8');
  return {
    adrs: records.map((name) => parseAdr(name, text(name))),
    strays: entries.map((entry) => entry.name).filter((name) => !known.has(name) && !name.startsWith('.')),
    catalogue: files.includes(catalogueFile) ? text(catalogueFile) : undefined,
    exists: (path) => existsSync(join(folder, path)),
  };
}
