import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { kindOf } from '../../compiler/schema/kinds.ts';
import { schemaFile } from '../../toolchain/schemas/files.ts';
import { filesIn } from '../compiler/project.ts';
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

test('every file of the example begins with the schema of its kind, as docs/authoring.md says', () => {
  const others = Object.entries(filesIn(repository)).filter(([path, text]) => {
    const [, schema = ''] = /^# yaml-language-server: \$schema=(\S+)\n/.exec(text) ?? [];
    const kind = kindOf(path);
    return kind === undefined || join(dirname(path), schema) !== `schemas/${schemaFile(kind)}`;
  });
  expect(others.map(([path]) => path)).toEqual([]);
});

test('every relative link in a document leads somewhere', () => {
  const broken = documents.flatMap((document) => {
    const file = join(repository, document);
    const links = [...readFileSync(file, 'utf8').matchAll(/\]\((?!https?:|mailto:)([^)#]*)(?:#([^)]+))?\)/g)];
    return links.flatMap(([link, target = '', anchor]) => {
      const there = target === '' ? file : join(dirname(file), target);
      const leads = existsSync(there) && (anchor === undefined || anchorsOf(there).includes(anchor));
      return leads ? [] : [`${document}: ${link}`];
    });
  });
  expect(broken).toEqual([]);
});

/** Of the headings, as GitHub makes them, and those that are written. */
function anchorsOf(file: string): string[] {
  const text = readFileSync(file, 'utf8');
  const headings = [...text.matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\w\s-]/g, '')
      .replaceAll(' ', '-'),
  );
  return [...headings, ...[...text.matchAll(/<a id="([^"]+)">/g)].flatMap(([, anchor]) => anchor ?? [])];
}
