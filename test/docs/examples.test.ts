import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { commitAll } from '../git.ts';
import { examplesOf, matches, run } from './console.ts';

const repository = fileURLToPath(new URL('../..', import.meta.url));
const documents = [
  'README.md',
  ...readdirSync(join(repository, 'docs'))
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
];
const configuration = ['gatewright.yaml', 'tenants', 'routing', 'guardrails', 'pricing', 'infra/environments'];

for (const document of documents) {
  const examples = examplesOf(readFileSync(join(repository, document), 'utf8'));
  if (examples.length === 0) continue;
  // A document's commands follow each other, as a reader would type them.
  test
    .skipIf(examples.length === 0)
    .concurrent(`the examples of ${document} do what it shows`, { timeout: 120_000 }, async () => {
      const folder = mkdtempSync(join(tmpdir(), 'gatewright-docs-'));
      try {
        for (const path of configuration) cpSync(join(repository, path), join(folder, path), { recursive: true });
        commitAll(folder);
        for (const { line, command, expected } of examples) {
          const actual = await run(command, folder);
          if (!matches(expected, actual))
            expect(actual.join('\n'), `${document}:${line}: ${command}`).toBe(expected.join('\n'));
        }
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
    });
}

test('every relative link in a document leads somewhere', () => {
  const broken = documents.flatMap((document) => {
    const text = readFileSync(join(repository, document), 'utf8');
    const folder = document.startsWith('docs/') ? join(repository, 'docs') : repository;
    const targets = [...text.matchAll(/\]\((?!https?:|#|mailto:)([^)#]+)/g)].flatMap(([, target]) => target ?? []);
    return targets.filter((target) => !exists(join(folder, target))).map((target) => `${document}: ${target}`);
  });
  expect(broken).toEqual([]);
});

function exists(path: string): boolean {
  try {
    readdirSync(path);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOTDIR';
  }
}
