import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { analyse } from '../../compiler/compile.ts';
import { emit } from '../../compiler/emit/emit.ts';
import { type Kind, kindNames, kindOf } from '../../compiler/schema/kinds.ts';
import { type ReleaseArtifact, releaseArtifacts } from '../../contract/artifacts/artifacts.ts';
import { canonicalText } from '../../contract/canonical.ts';
import { hints, onlyOneValue, readBy, references, renames } from './effect/hints.ts';
import { leaves, type Occurrence, occurrences, schemaOf } from './effect/leaves.ts';
import { mutants, replaced, valueAt, withReferences } from './effect/mutations.ts';
import { day, filesIn, treeOf } from './project.ts';

/** What a project turns into, as far as it acts. What enforcement.json tells, the others do. Manifest, provenance and source map follow from these. */
interface Outcome {
  readonly artifacts: ReadonlyMap<string, string>;
  readonly findings: readonly string[];
  /** Nothing but what every valid configuration may have. */
  readonly valid: boolean;
}

type Values = Readonly<Record<string, unknown>>;
type Effect = 'artifact' | 'directory' | 'finding';

const base: Values = Object.fromEntries(
  Object.entries(filesIn(join(import.meta.dirname, 'projects/complete'))).map(([file, text]) => [file, parse(text)]),
);

/** Without the release id: hashing is most of a compile, and no artifact text depends on it. */
function outcome(values: Values): Outcome {
  const files = Object.entries(values).map(([file, value]): [string, string] => [file, JSON.stringify(value, null, 1)]);
  const { environments, findings } = analyse({ tree: treeOf(Object.fromEntries(files)), date: day });
  const artifacts = new Map<string, string>();
  for (const { model, table } of environments) {
    const emission = emit(model, table);
    for (const name of releaseArtifacts) {
      artifacts.set(
        `${model.environment.name}/${name}`,
        canonicalText(emission[name].value, emission[name].evaluatedInOrder),
      );
    }
  }
  return {
    artifacts: findings.some((finding) => finding.severity === 'error') ? new Map() : artifacts,
    findings: findings.map(({ code, severity, message }) => `${severity} ${code} ${message}`),
    valid: !findings.some(({ code }) => /^(source|yaml|schema|resource|reference\/unknown)/.test(code)),
  };
}

const before = outcome(base);

function effectOf(values: Values): Effect | undefined {
  const after = outcome(values);
  if (!after.valid) return undefined;
  const changed = [...after.artifacts].filter(([name, text]) => before.artifacts.get(name) !== text);
  const touched = new Set(changed.map(([name]) => name.slice(name.indexOf('/') + 1) as ReleaseArtifact));
  if (touched.size > 1 || (touched.size === 1 && !touched.has('tenants.json'))) return 'artifact';
  if (touched.size === 1) return 'directory';
  return after.findings.join('\n') === before.findings.join('\n') ? undefined : 'finding';
}

/** The strongest effect that any valid change to any occurrence of a leaf has. */
function strongest(changes: Iterable<Values>): Effect | undefined {
  let best: Effect | undefined;
  for (const values of changes) {
    const effect = effectOf(values);
    if (effect === 'artifact') return effect;
    if (effect === 'directory' || best === undefined) best = effect ?? best;
  }
  return best;
}

function* changesOf(leaf: string, places: readonly { file: string; occurrence: Occurrence }[]): Iterable<Values> {
  for (const { file, occurrence } of places) {
    const root = base[file];
    if (leaf.endsWith('metadata.name')) yield renameResource(file, String(valueAt(root, occurrence.path)));
    if (leaf === 'Tiers.spec.{}') yield renameTier(file, occurrence);
    const reference = Object.entries(references).find(([ending]) => leaf.endsWith(ending));
    for (const mutant of mutants(root, occurrence, hints[leaf] ?? reference?.[1])) yield { ...base, [file]: mutant };
  }
}

/** A resource under another name, with its file and everything that refers to it. */
function renameResource(file: string, name: string): Values {
  const fields = renames[kindOf(file) as Kind] ?? [];
  return Object.fromEntries(
    Object.entries(base).map(([path, value]) => {
      const followed = withReferences(value, fields, name, 'renamed');
      if (path !== file) return [path, followed];
      const target = path === 'gatewright.yaml' ? path : path.replace(`${name}.yaml`, 'renamed.yaml');
      return [target, replaced(followed, ['metadata', 'name'], 'renamed')];
    }),
  );
}

/** A tier under another name, with the tenants that are of it. */
function renameTier(file: string, { path }: Occurrence): Values {
  const name = String(path.at(-1));
  const [renamed] = mutants(base[file], { leaf: '', schema: {}, path, isKey: true }, ['renamed']);
  const followed = Object.entries(base).map(([other, value]) => [
    other,
    withReferences(value, ['tier'], name, 'renamed'),
  ]);
  return { ...Object.fromEntries(followed), [file]: renamed };
}

/** A config test judges a release and changes none: what its fields do is seen where the tests are run. */
const kinds = kindNames.filter((kind) => kind !== 'ConfigTest');

const all = kinds.flatMap((kind) => {
  const schema = schemaOf(kind);
  const places = Object.keys(base)
    .filter((file) => kindOf(file) === kind)
    .flatMap((file) => occurrences(schema, kind, base[file]).map((occurrence) => ({ file, occurrence })));
  return [...leaves(schema, kind)].map(([leaf, leafSchema]) => ({
    leaf,
    schema: leafSchema,
    places: places.filter(({ occurrence }) => occurrence.leaf === leaf),
  }));
});

describe('no field without an effect', () => {
  it('starts from a project that compiles and has every field', () => {
    expect(before.artifacts.size).toBe(2 * releaseArtifacts.length);
    expect(all.filter(({ places }) => places.length === 0).map(({ leaf }) => leaf)).toEqual([]);
  });

  it('knows which fields have one value only, and nothing else is exempt', () => {
    const fixed = all.filter(({ leaf, schema }) => hints[leaf] === undefined && isFixed(schema.const, schema.enum));
    expect(fixed.map(({ leaf }) => leaf).filter((leaf) => !onlyOneValue.some((known) => known.test(leaf)))).toEqual([]);
  });

  for (const { leaf, schema, places } of all) {
    if (hints[leaf] === undefined && isFixed(schema.const, schema.enum)) continue;
    it(leaf, () => {
      const effect = strongest(changesOf(leaf, places));
      expect(effect, `${leaf} has no effect`).toBeDefined();
      const reader = readBy.find(([pattern]) => pattern.test(leaf))?.[1];
      expect(effect === 'directory', `tenants.json alone carries ${leaf}: who reads it? ${reader}`).toBe(
        reader !== undefined,
      );
    });
  }

  it('keeps no hint for a field that is gone', () => {
    const names = all.map(({ leaf }) => leaf);
    expect(Object.keys(hints).filter((leaf) => !names.includes(leaf))).toEqual([]);
    const patterns = [...readBy.map(([pattern]) => pattern), ...onlyOneValue];
    expect(patterns.filter((pattern) => !names.some((leaf) => pattern.test(leaf)))).toEqual([]);
  });
});

function isFixed(constant: unknown, choices: readonly unknown[] | undefined): boolean {
  return constant !== undefined || choices?.length === 1;
}
