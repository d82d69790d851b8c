import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { analyse } from '../../compiler/analyse.ts';
import { compile } from '../../compiler/compile.ts';
import { createMemory, type Memory } from '../../compiler/memory.ts';
import { day, type Files, filesIn, repository, treeOf } from './project.ts';

const example = filesIn(repository);
const paths = Object.keys(example);
const tenants = paths.filter((path) => path.startsWith('tenants/') && !/(tiers|federation)\.yaml$/.test(path));

/** More tenants than stand together in one shard. */
const crowd: Files = {
  ...example,
  ...Object.fromEntries(Array.from({ length: 90 }, (_, index) => twin(tenants[index % tenants.length] ?? '', index))),
};

function twin(path: string, index: number): [string, string] {
  const [, name = ''] = /([^/]+)\.yaml$/.exec(path) ?? [];
  const text = (example[path] ?? '').replaceAll(name, `${name}-${index}`).replace(/^ {2}groups:.*$/m, '');
  return [path.replace(name, `${name}-${index}`), text];
}

type Edit = (files: Files) => Files;

const path = fc.constantFrom(...Object.keys(crowd));
const tenant = fc.constantFrom(...tenants);

const edit: fc.Arbitrary<Edit> = fc.oneof(
  path.map(
    (at): Edit =>
      (files) =>
        without(files, at),
  ),
  path.map(
    (at): Edit =>
      (files) => ({ ...files, [at]: crowd[at] ?? '' }),
  ),
  path.map(
    (at): Edit =>
      (files) => ({ ...files, [at]: `${files[at] ?? ''}\n  broken: [` }),
  ),
  path.map(
    (at): Edit =>
      (files) => ({ ...files, [at]: `# ${at}\n${files[at] ?? ''}` }),
  ),
  fc.tuple(tenant, fc.nat(120)).map(
    ([at, index]): Edit =>
      (files) => {
        const [copy, text] = twin(at, index);
        return { ...files, [copy]: text };
      },
  ),
  fc.tuple(path, fc.nat(), fc.constantFrom('', 'x', '0', 'absent', '"*"')).map(
    ([at, place, word]): Edit =>
      (files) => ({ ...files, [at]: withWord(files[at] ?? '', place, word) }),
  ),
);

function without(files: Files, at: string): Files {
  return Object.fromEntries(Object.entries(files).filter(([name]) => name !== at));
}

/** One word of a value becomes another. */
function withWord(text: string, place: number, word: string): string {
  const words = [...text.matchAll(/(?<=: |- |\[)[\w.-]+/g)];
  const found = words[place % Math.max(1, words.length)];
  if (found === undefined) return text;
  return text.slice(0, found.index) + word + text.slice(found.index + found[0].length);
}

/** All that a reader of an analysis can tell apart. */
function substance(files: Files, memory?: Memory) {
  const { findings, resources, environments } = analyse({ tree: treeOf(files), date: day, ...(memory && { memory }) });
  const seen = environments.map(({ model, table }) => ({
    table: table.data,
    origins: [[...table.origins.rules], [...table.origins.classes]],
    tenants: model.tenants.map((one) => [one, one.origin('budget', 'monthlyUsd'), [...one.budget.models]]),
    profiles: [...model.profiles],
    prices: model.prices.rows,
  }));
  return { findings, sound: resources.sound, tenants: [...resources.tenants], seen: JSON.stringify(seen) };
}

describe('a memory', () => {
  it('changes no answer, whatever was edited between two runs', () => {
    const property = fc.property(fc.array(edit, { minLength: 1, maxLength: 4 }), (edits) => {
      const memory = createMemory();
      let files = crowd;
      substance(files, memory);
      for (const change of edits) {
        files = change(files);
        expect(substance(files, memory)).toEqual(substance(files));
      }
    });
    fc.assert(property, { numRuns: Number(process.env['MEMORY_RUNS'] ?? 5) });
  });

  it('changes no byte of a release, and no answer for another day or environment', () => {
    const memory = createMemory();
    for (const date of [day, '2027-03-01']) {
      for (const environments of [['dev'], ['prod', 'dev']]) {
        const input = {
          tree: treeOf(example),
          date,
          commit: null,
          toolVersion: 'test',
          environments,
        };
        const { releases, findings } = compile({ ...input, memory });
        const anew = compile(input);
        expect(findings).toEqual(anew.findings);
        expect(releases).toEqual(anew.releases);
      }
    }
  });

  it('gives the same objects where nothing changed', () => {
    const memory = createMemory();
    const [first, second] = [0, 1].map(() => analyse({ tree: treeOf(example), date: day, memory }));
    expect(second?.documents.get('gatewright.yaml')).toBe(first?.documents.get('gatewright.yaml'));
    expect(second?.environments[0]?.model.tenants[0]).toBe(first?.environments[0]?.model.tenants[0]);
    expect(second?.resources.tenants).toBe(first?.resources.tenants);
  });

  it('recalls for the same objects and bytes only, and forgets what a run did not ask for', () => {
    const memory = createMemory();
    const asked: string[] = [];
    const ask = (key: string, ...inputs: unknown[]) => memory.recall(key, inputs, () => asked.push(key));
    ask('a', new Uint8Array([1, 2]));
    ask('a', new Uint8Array([1, 2]));
    ask('a', new Uint8Array([1, 3]));
    ask('b', {});
    ask('b', {});
    expect(asked).toEqual(['a', 'a', 'b', 'b']);
    memory.settle();
    ask('a', new Uint8Array([1, 3]));
    memory.settle();
    memory.settle();
    ask('a', new Uint8Array([1, 3]));
    expect(asked).toEqual(['a', 'a', 'b', 'b', 'a']);
  });
});
