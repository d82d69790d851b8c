import { describe, expect, it } from 'vitest';
import { folders, rootFile } from '../../../compiler/source/tree.ts';
import { format } from '../../../toolchain/format/format.ts';
import { starters } from '../../../toolchain/scaffold/catalogue.ts';
import type { ProjectAnswers } from '../../../toolchain/scaffold/project.ts';
import { repositoryFiles } from '../../../toolchain/scaffold/repository.ts';
import { schemaHeader } from '../../../toolchain/schemas/header.ts';
import { compiled, type Files, filesIn, line, repository, treeOf } from '../../compiler/project.ts';

const started: readonly ProjectAnswers[] = starters.flatMap((starter) =>
  [{ region: 'us-east-1', residency: 'us' } as const, { region: 'eu-central-1', residency: 'eu' } as const].map(
    (where) => ({ name: 'acme', starter, ...where }),
  ),
);

function configurationOf(answers: ProjectAnswers): Files {
  const isRead = (path: string) => path === rootFile || folders.some((folder) => path.startsWith(`${folder}/`));
  return Object.fromEntries([...repositoryFiles(answers)].filter(([path]) => isRead(path)));
}

describe.each(started)('a new repository with $starter in $region', (answers) => {
  const files = configurationOf(answers);

  it('compiles without a finding in every environment', () => {
    const { findings, releases } = compiled(files);
    expect(findings.map(line)).toEqual([]);
    expect(releases.map(({ environment }) => environment)).toEqual(['dev', 'local']);
  });

  it('is formatted, and every file names its schema', () => {
    for (const file of treeOf(files).files) {
      expect(format(file), file.path).toMatchObject({ kind: 'formatted', changed: false });
      expect(files[file.path]?.split('\n')[0]).toBe(schemaHeader(file.path));
    }
  });

  it('brings the schema that each header names', () => {
    const paths = [...repositoryFiles(answers).keys()];
    const named = Object.keys(files).map((path) => `schemas/${schemaHeader(path)?.split('/').at(-1)}`);
    expect(named.filter((path) => !paths.includes(path))).toEqual([]);
  });

  it('says what it is priced by, in words that the example was checked with', () => {
    const prices = pricesIn(files);
    const known = pricesIn(filesIn(repository));
    expect(prices.size).toBeGreaterThan(1);
    for (const [model, price] of prices) expect(known.get(model), model).toEqual(price);
  });
});

/** The last price of each model. */
function pricesIn(files: Files): Map<string, unknown> {
  const lists = [...compiled(files).resources.priceLists.values()];
  return new Map(
    lists.flatMap(({ spec }) =>
      Object.entries(spec.models).map(([model, { prices }]) => [model, amounts(prices.at(-1))]),
    ),
  );
}

/** 0.750 is 0.75. */
function amounts(price: unknown): unknown {
  return JSON.parse(
    JSON.stringify(price, (_, value) =>
      typeof value === 'string' && /^\d+\.\d+$/.test(value) ? Number(value) : value,
    ),
  );
}
