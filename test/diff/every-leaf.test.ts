import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse, stringify } from 'yaml';
import { diffAnalyses } from '../../compiler/diff/diff.ts';
import { kindNames, kindOf, kinds } from '../../compiler/schema/kinds.ts';
import { readTree } from '../../compiler/source/read.ts';
import { instancesOf, type LeafPath, leavesOf, otherValues, withValue } from './schema-leaves.ts';
import { analysed, edited, overlay, project } from './trees.ts';

/** A small project, and a resource of each kind that has every field. */
const tree = overlay(readTree(project), join(import.meta.dirname, 'leaves'));
const before = analysed(tree);

/** Leaves that have one value, or whose other values need other fields beside them. */
const fixed: Readonly<Record<string, string>> = {
  apiVersion: 'has one value',
  kind: 'follows from the place',
  'Tiers metadata.name': 'is fixed',
  'Federation metadata.name': 'is fixed',
  'Project spec.gatewayVersion': 'has one value today',
  'Provider spec.type': 'each type has other fields: scenario provider-type',
  'Provider spec.credentials': 'taskRole belongs to the type: scenario provider-type',
  'Federation spec.identityProviders.[].type': 'each type has other fields: scenario identity-provider-type',
  'Environment spec.safety.acknowledge.[].change': 'has one value today',
  'Tenant spec.environments.*': 'absent is the one word here: scenario absent-in-prod',
};

/** A config test judges a release and changes none, so that a change to it has no effect to tell. */
const told = kindNames.filter((kind) => kind !== 'ConfigTest');

describe.each(told)('every leaf of a %s', (kind) => {
  const leaves = leavesOf(kind).filter((leaf) => {
    const path = leaf.join('.');
    return fixed[path] === undefined && fixed[`${kind} ${path}`] === undefined;
  });
  it.each(leaves.map((leaf) => [leaf.join('.'), leaf] as const))('%s shows up as a change', (_, leaf) => {
    const found = firstChanges(kind, leaf);
    expect(found).not.toEqual([]);
    for (const sentence of found) expect(sentence).not.toMatch(/: (spec|metadata|defaults|ceilings)\./);
  });
});

/** What is told about the first mutation of the leaf, in any resource of the kind, that is told at all. */
function firstChanges(kind: (typeof kindNames)[number], leaf: LeafPath): string[] {
  for (const { path, content } of tree.files) {
    if (kindOf(path) !== kind || !(content instanceof Uint8Array)) continue;
    const value: unknown = parse(new TextDecoder().decode(content));
    for (const instance of instancesOf(value, leaf)) {
      const mutated = mutations(kind, value, instance)[0];
      if (mutated === undefined) continue;
      const changes = diffAnalyses(before, analysed(edited(tree, path, () => stringify(mutated))));
      if (changes.length > 0) return changes.map(({ sentence }) => sentence);
    }
  }
  return [];
}

function mutations(
  kind: (typeof kindNames)[number],
  value: unknown,
  instance: readonly (string | number)[],
): unknown[] {
  const own = instance.reduce<unknown>((found, key) => (found as Record<string | number, unknown>)[key], value);
  return otherValues(own)
    .map((other) => withValue(value, instance, other))
    .filter((mutated) => kinds[kind].schema.safeParse(mutated).success);
}
