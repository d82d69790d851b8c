import { byCodeUnit } from '../../contract/canonical.ts';
import { risks } from '../../contract/vocabulary.ts';
import type { AnalysedEnvironment, Analysis } from '../analysis.ts';
import { type Change, subjectKinds } from './change.ts';
import { reachChanges } from './reach/reach.ts';
import type { EnvironmentPair, Sides } from './subject.ts';
import { profileChanges } from './subjects/profiles.ts';
import { environmentChanges, resourceChanges } from './subjects/resources.ts';
import { tenantChanges } from './subjects/tenants.ts';
import { tierChanges } from './subjects/tiers.ts';

/**
 * What it means that `before` becomes `after`: both of the same environments and day. Sorted by risk, subject and field.
 * A tenant's former name makes a move of what else would be a removal and an addition, so a diff that has one does not
 * mirror the diff of the way back.
 */
export function diffAnalyses(before: Analysis, after: Analysis): Change[] {
  const names = (analysis: Analysis) => analysis.environments.map(({ model }) => model.environment.name);
  const environments = [...new Set([...names(before), ...names(after)])].sort(byCodeUnit);
  const sides: Sides = { before, after, environments };
  const changes = [
    ...resourceChanges(sides),
    ...tierChanges(sides),
    ...profileChanges(sides),
    ...environmentChanges(sides),
    ...environments.flatMap((name) => insideEnvironment(sides, name)),
  ];
  return mergeEnvironments(changes).sort(compareChanges);
}

/** What is in an environment that came or went is not told one by one. */
function insideEnvironment(sides: Sides, name: string): Change[] {
  const named = ({ environments }: Analysis) => environments.find(({ model }) => model.environment.name === name);
  const before: AnalysedEnvironment | undefined = named(sides.before);
  const after: AnalysedEnvironment | undefined = named(sides.after);
  if (before === undefined || after === undefined) return [];
  const pair: EnvironmentPair = { name, before, after };
  return [...tenantChanges(sides, pair), ...reachChanges(sides, pair)];
}

/** Equal changes in several environments are one change with their names. */
function mergeEnvironments(changes: readonly Change[]): Change[] {
  const merged = new Map<string, Change>();
  for (const change of changes) {
    const key = JSON.stringify({ ...change, environments: null });
    const known = merged.get(key);
    const environments = [...new Set([...(known?.environments ?? []), ...change.environments])].sort(byCodeUnit);
    merged.set(key, { ...change, environments });
  }
  return [...merged.values()];
}

/** The worst first. The text of everything only makes the order total. */
function compareChanges(a: Change, b: Change): number {
  return (
    risks.indexOf(b.risk) - risks.indexOf(a.risk) ||
    subjectKinds.indexOf(a.subject.kind) - subjectKinds.indexOf(b.subject.kind) ||
    byCodeUnit(a.subject.name, b.subject.name) ||
    byCodeUnit(a.field, b.field) ||
    byCodeUnit(JSON.stringify(a), JSON.stringify(b))
  );
}
