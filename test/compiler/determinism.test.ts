import { execFile } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Compilation, compile } from '../../compiler/compile.ts';
import { digestsOf } from './digests.ts';
import { compiled, day, type Files, filesIn, minimal, overlay, repository, treeOf } from './project.ts';
import { rewritten, styles } from './rewritten.ts';

const example = filesIn(repository);
const reference = compiled(example);
const digests = digestsOf(reference);

/** All but where it came from and where in the text it stands. */
function substance(all: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(all).filter(([name]) => !/\/(provenance|sourcemap)\.json$/.test(name)));
}

describe('the compiler is deterministic', () => {
  it('compiles every environment of the example', () => {
    expect(reference.releases.map(({ environment }) => environment)).toEqual(['dev', 'local', 'prod']);
    expect(new Set(reference.releases.map(({ id }) => id)).size).toBe(3);
  });

  it('gives the same bytes for the same tree', () => {
    expect(digestsOf(compiled(example))).toEqual(digests);
  });

  it('depends on no order of keys, comments, anchors, flow style or line ends', () => {
    const property = fc.property(styles, (style) => {
      const written = compiled(rewritten(example, style));
      expect(substance(digestsOf(written))).toEqual(substance(digests));
      expect(written.releases.map(({ id }) => id)).toEqual(reference.releases.map(({ id }) => id));
    });
    fc.assert(property, { numRuns: 8, examples: [[{ seed: 1, comments: true, crlf: true, anchors: 'x' }]] });
  });

  it('depends on no order of the files, nor do its findings', () => {
    const broken = overlay(example, { 'tenants/x.yaml': 'kind: Tenant', 'pricing/azure.yaml': null });
    const inOrder = compiled(broken).findings;
    const property = fc.property(shuffled(Object.keys({ ...example, ...broken })), (paths) => {
      expect(compileInOrder(broken, paths).findings).toEqual(inOrder);
      const { releases } = compileInOrder(example, paths);
      expect(releases.map(({ id }) => id)).toEqual(reference.releases.map(({ id }) => id));
    });
    fc.assert(property, { numRuns: 4 });
  });

  it('depends on no folder, time zone or locale', async () => {
    const env = { ...process.env, TZ: 'Pacific/Auckland', LC_ALL: 'de_DE.UTF-8', LANG: 'tr_TR.UTF-8' };
    const args = ['--import', import.meta.resolve('tsx'), join(import.meta.dirname, 'digests.ts')];
    const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: tmpdir(), env });
    expect(JSON.parse(stdout)).toEqual(digests);
  });
});

describe('what makes another release', () => {
  it('is neither the commit nor the version of the tool', () => {
    const others = compile({ tree: treeOf(example), date: day, commit: 'abc', toolVersion: 'other' }).releases;
    expect(others.map(({ id }) => id)).toEqual(reference.releases.map(({ id }) => id));
    const provenance = others.map(({ artifacts }) => JSON.parse(artifacts['provenance.json']));
    expect(provenance.map(({ commit, toolVersion }) => `${commit} ${toolVersion}`)).toEqual(Array(3).fill('abc other'));
  });

  it('is a day on which another price holds, and no other day', () => {
    const priced = overlay(minimal, {
      'pricing/list.yaml': `${minimal['pricing/list.yaml']}        - effectiveFrom: 2027-01-01
          rates: {input: "2", output: "10"}
          source: https://prices.example
          verifiedOn: 2026-11-01
`,
    });
    const idOn = (date: string) =>
      compile({ tree: treeOf(priced), date, commit: null, toolVersion: 'test' }).releases.map(({ id }) => id);
    expect(idOn('2026-12-31')).toEqual(idOn(day));
    expect(idOn('2026-12-31')).toHaveLength(1);
    expect(idOn('2027-01-01')).toHaveLength(1);
    expect(idOn('2027-01-01')).not.toEqual(idOn(day));
  });
});

function shuffled(paths: readonly string[]): fc.Arbitrary<string[]> {
  return fc.shuffledSubarray([...paths], { minLength: paths.length });
}

/** A reader may hand over the files in any order. */
function compileInOrder(files: Files, paths: readonly string[]): Compilation {
  const sorted = treeOf(files).files;
  const tree = { files: paths.flatMap((path) => sorted.find((file) => file.path === path) ?? []) };
  return compile({ tree, date: day, commit: null, toolVersion: 'test' });
}
