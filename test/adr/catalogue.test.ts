import { expect, test } from 'vitest';
import { catalogue, staleCatalogue } from '../../scripts/adr/catalogue.ts';
import { readCorpus } from '../../scripts/adr/corpus.ts';
import { corpora } from './corpora.ts';

function fixture(name: string): ReturnType<typeof readCorpus> {
  const found = corpora('ok').find((candidate) => candidate.name === name);
  if (found === undefined) throw new Error(`no fixture ${name}`);
  return readCorpus(found.folder);
}

test('the index says that it is generated, and lists number, title and status', () => {
  const text = catalogue(fixture('superseded-and-amended').adrs);
  expect(text.split('\n')[0]).toContain('generated');
  expect(text).toContain(
    '| [001](001-keep-it-short.md) | Keep it short | ' +
      'superseded by [003](003-cut-twice.md) · amended by [002](002-cut-earlier.md) |',
  );
  expect(text).toContain(
    '| [002](002-cut-earlier.md) | Cut earlier | ' +
      'proposed · amended by [003](003-cut-twice.md) · amends [001](001-keep-it-short.md) |',
  );
  expect(text).toContain('| Cut twice \\| cut well |');
});

test('the index takes the summary as one paragraph', () => {
  const text = catalogue(fixture('one-record').adrs);
  expect(text).toMatch(/### 001\. Keep it short\n\naccepted\n\nWe keep it short, because long texts are not read\.\n$/);
});

test('a status claims no more than Consequences admits', () => {
  const text = catalogue(fixture('built-or-not').adrs);
  expect(text).toContain('| accepted · not built yet |');
  expect(text).toContain('| accepted · partly built |');
});

test('an index is stale from its first differing line on, and where it does not exist', () => {
  const { adrs } = fixture('one-record');
  const fresh = catalogue(adrs);
  expect(staleCatalogue(adrs, fresh)).toEqual([]);
  expect(staleCatalogue(adrs, fresh.replace('accepted', 'rejected'))).toMatchObject([{ file: 'README.md', line: 14 }]);
  expect(staleCatalogue(adrs, `${fresh}\n`)).toMatchObject([{ message: 'the index is not what the records say' }]);
  expect(staleCatalogue(adrs, undefined)).toMatchObject([{ message: 'there is no index', line: 1 }]);
});
