import { join } from 'node:path';
import { parse } from 'yaml';
import { analyse } from '../../../compiler/analyse.ts';
import type { Analysis } from '../../../compiler/analysis.ts';
import type { Finding } from '../../../compiler/diagnostics/finding.ts';
import { emit } from '../../../compiler/emit/emit.ts';
import { createMemory } from '../../../compiler/memory.ts';
import type { ReleaseArtifact } from '../../../contract/artifacts/artifacts.ts';
import { releaseArtifacts } from '../../../contract/artifacts/artifacts.ts';
import { day, type Files, filesIn, treeOf } from '../project.ts';
import { firstDifference } from './difference.ts';

/** The files of a project as values. */
export type Values = Readonly<Record<string, unknown>>;

/** Every field of every kind stands in this project at least once. */
export const base: Values = Object.fromEntries(
  Object.entries(filesIn(join(import.meta.dirname, '../projects/complete'))).map(([file, text]) => [file, parse(text)]),
);

export function filesOf(values: Values): Files {
  return Object.fromEntries(Object.entries(values).map(([file, value]) => [file, JSON.stringify(value, null, 1)]));
}

const memory = createMemory();

/** Each project differs from the one before in a few values: what these do not reach is not computed again. */
export function analysisOf(values: Values): Analysis {
  return analyse({ tree: treeOf(filesOf(values)), date: day, memory });
}

/** Nothing but what every valid configuration may have. */
export function isValid(findings: readonly Finding[]): boolean {
  return !findings.some(({ code }) => /^(source|yaml|schema|resource|reference\/unknown)/.test(code));
}

export interface Emitted {
  readonly environment: string;
  readonly name: ReleaseArtifact;
  readonly value: unknown;
  /** Objects whose keys are evaluated in order. */
  readonly inOrder: ReadonlySet<unknown>;
}

/** What a project turns into, as far as it acts. What enforcement.json tells, the others do. Manifest, provenance and source map follow from these. */
export interface Outcome {
  readonly artifacts: readonly Emitted[];
  /** Sentences by code. */
  readonly findings: readonly (readonly [code: string, sentence: string])[];
  readonly valid: boolean;
}

/** Without the release id: hashing is most of a compile, and no artifact depends on it. */
export function outcomeOf(values: Values): Outcome {
  const { environments, findings } = analysisOf(values);
  const isBroken = findings.some(({ severity }) => severity === 'error');
  return {
    artifacts: isBroken ? [] : environments.flatMap(emitted),
    findings: findings.map(({ code, severity, message }) => [code, `${severity} ${message}`]),
    valid: isValid(findings),
  };
}

function emitted({ model, table }: Analysis['environments'][number]): readonly Emitted[] {
  const emission = emit(model, table);
  return releaseArtifacts.map((name) => {
    const { value, evaluatedInOrder: inOrder = new Set() } = emission[name];
    return { environment: model.environment.name, name, value, inOrder };
  });
}

/** Artifacts that differ, each with the first place; one that is gone or new differs nowhere in particular. */
export function changedArtifacts(before: Outcome, after: Outcome): ReadonlyMap<ReleaseArtifact, string> {
  const changed = new Map<ReleaseArtifact, string>();
  const idOf = ({ environment, name }: Emitted) => `${environment}/${name}`;
  const known = new Map(before.artifacts.map((one) => [idOf(one), one.value]));
  for (const one of after.artifacts) {
    if (changed.has(one.name)) continue;
    const pointer = known.has(idOf(one)) ? firstDifference(known.get(idOf(one)), one.value, one.inOrder) : '';
    if (pointer !== undefined) changed.set(one.name, pointer);
  }
  return changed;
}

/** Codes of the findings that only one of two projects has. */
export function changedFindings(before: Outcome, after: Outcome): readonly string[] {
  const missing = (from: Outcome, to: Outcome) => {
    const there = new Set(to.findings.map(([code, sentence]) => `${code} ${sentence}`));
    return from.findings.filter(([code, sentence]) => !there.has(`${code} ${sentence}`)).map(([code]) => code);
  };
  return [...new Set([...missing(after, before), ...missing(before, after)])];
}
