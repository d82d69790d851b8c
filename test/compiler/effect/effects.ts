import { type Kind, kindNames, kindOf } from '../../../compiler/schema/kinds.ts';
import type { ReleaseArtifact } from '../../../contract/artifacts/artifacts.ts';
import { type Change, changesOf, type Place } from './changes.ts';
import { reportOf } from './config-tests.ts';
import { hints, readBy } from './hints.ts';
import { leaves, occurrences, type Schema, schemaOf } from './leaves.ts';
import { base, changedArtifacts, changedFindings, outcomeOf } from './outcome.ts';

/** A leaf of a kind's schema, with every place where the complete project has it. */
export interface Leaf {
  readonly kind: Kind;
  readonly name: string;
  readonly schema: Schema;
  readonly places: readonly Place[];
}

/** What a valid change of a leaf is seen in: the strongest that there is. */
export type Effect =
  | { readonly kind: 'artifact'; readonly artifacts: ReadonlyMap<ReleaseArtifact, string> }
  /** tenants.json alone: for those who read it. */
  | { readonly kind: 'directory'; readonly pointer: string; readonly reader: string | undefined }
  | { readonly kind: 'finding'; readonly codes: readonly string[] }
  /** What the model engine reports. */
  | { readonly kind: 'report'; readonly line: string };

export const allLeaves: readonly Leaf[] = kindNames.flatMap((kind) => {
  const schema = schemaOf(kind);
  const places = Object.keys(base)
    .filter((file) => kindOf(file) === kind)
    .flatMap((file) => occurrences(schema, kind, base[file]).map((occurrence) => ({ file, occurrence })));
  return [...leaves(schema, kind)].map(([name, leafSchema]) => ({
    kind,
    name,
    schema: leafSchema,
    places: places.filter(({ occurrence }) => occurrence.leaf === name),
  }));
});

/** Whether there is nothing to change a leaf to. */
export function isFixed({ name, schema }: Leaf): boolean {
  return hints[name] === undefined && (schema.const !== undefined || schema.enum?.length === 1);
}

export const before = outcomeOf(base);

const ranks = ['finding', 'directory', 'artifact', 'report'] as const satisfies readonly Effect['kind'][];

/** The strongest effect that any valid change to any occurrence of a leaf has. */
export async function effectOf({ kind, name, places }: Leaf): Promise<Effect | undefined> {
  const best = kind === 'ConfigTest' ? 'report' : 'artifact';
  let strongest: Effect | undefined;
  for (const change of changesOf(name, places)) {
    const effect = kind === 'ConfigTest' ? await reported(change) : compiled(name, change);
    if (effect?.kind === best) return effect;
    if (effect !== undefined && (strongest === undefined || rank(effect) > rank(strongest))) strongest = effect;
  }
  return strongest;
}

function rank({ kind }: Effect): number {
  return ranks.indexOf(kind);
}

function compiled(leaf: string, { values }: Change): Effect | undefined {
  const after = outcomeOf(values);
  if (!after.valid) return undefined;
  const artifacts = changedArtifacts(before, after);
  const pointer = artifacts.get('tenants.json');
  if (pointer !== undefined && artifacts.size === 1) {
    return { kind: 'directory', pointer, reader: readBy.find(([pattern]) => pattern.test(leaf))?.[1] };
  }
  if (artifacts.size > 0) return { kind: 'artifact', artifacts };
  const codes = changedFindings(before, after);
  return codes.length === 0 ? undefined : { kind: 'finding', codes };
}

async function reported({ file, values }: Change): Promise<Effect | undefined> {
  const after = await reportOf(values, file);
  if (after === undefined) return undefined;
  const known = new Set(await reportBefore(file));
  const line = after.find((one) => !known.has(one)) ?? (after.length === known.size ? undefined : 'a case less');
  return line === undefined ? undefined : { kind: 'report', line };
}

const reports = new Map<string, Promise<readonly string[] | undefined>>();

function reportBefore(file: string): Promise<readonly string[] | undefined> {
  const report = reports.get(file) ?? reportOf(base, file);
  reports.set(file, report);
  return report;
}
