import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { staleCatalogue } from '../../scripts/adr/catalogue.ts';
import { readCorpus } from '../../scripts/adr/corpus.ts';
import { lint } from '../../scripts/adr/lint.ts';
import type { Finding } from '../../scripts/adr/record.ts';

const fixtures = join(import.meta.dirname, 'fixtures');

/** The day on which all fixtures are checked. */
export const today = '2026-06-01';

export type Fixture = { readonly name: string; readonly folder: string };

export function corpora(kind: 'ok' | 'err'): Fixture[] {
  return readdirSync(join(fixtures, kind), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => ({ name: entry.name, folder: join(fixtures, kind, entry.name) }));
}

/** All findings of a folder; its index is checked where it has one. */
export function check(folder: string): Finding[] {
  const corpus = readCorpus(folder);
  const stale = corpus.catalogue === undefined ? [] : staleCatalogue(corpus.adrs, corpus.catalogue);
  return [...lint({ ...corpus, today }), ...stale];
}
