import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { staleCatalogue } from '../../scripts/adr/catalogue.ts';
import { readCorpus, templateFile } from '../../scripts/adr/corpus.ts';
import { lint } from '../../scripts/adr/lint.ts';
import { parseAdr } from '../../scripts/adr/parse.ts';
import { field } from '../../scripts/adr/record.ts';
import { references } from '../../scripts/adr/relation.ts';

const folder = join(import.meta.dirname, '../../adr');
const corpus = readCorpus(folder);
const { adrs, catalogue } = corpus;
/** The clock of a test machine may be wrong; the command checks against the real day. */
const today = '9999-12-31';

test('the records of this repository are sound and their index is fresh', () => {
  expect(lint({ ...corpus, today })).toEqual([]);
  expect(staleCatalogue(adrs, catalogue)).toEqual([]);
});

test('agentgateway took the place of Portkey and of the response cache; Responses amends the two formats', () => {
  const numbers = (number: string, name: 'Supersedes' | 'Amends'): string[] | undefined => {
    const record = adrs.find((adr) => adr.number === number);
    return record && references(record, name)?.map((reference) => reference.number);
  };
  expect(numbers('017', 'Supersedes')).toEqual(['001', '012']);
  expect(numbers('015', 'Amends')).toEqual(['006']);
});

test('what is still proposed is the token check of the load balancer and federation', () => {
  const proposed = adrs.filter((adr) => field(adr, 'Status')?.value === 'proposed').map((adr) => adr.number);
  expect(proposed).toEqual(['005', '013']);
});

test('a copy of the template with number, title and date is a sound record', () => {
  const text = readFileSync(join(folder, templateFile), 'utf8');
  const filled = text.replace('# NNN.', '# 001.').replace('YYYY-MM-DD', '2026-11-24');
  expect(lint({ ...corpus, adrs: [parseAdr('001-from-template.md', filled)], today })).toEqual([]);
});
