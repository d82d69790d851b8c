import type { Resources } from '../../../resolve/resources.ts';
import { type CaseSpec, targetsOfBranch, type When } from '../../../schema/strategy.ts';
import { liesWithin } from '../../residency.ts';
import { covers } from './condition-space.ts';

export interface Dead {
  readonly later: CaseSpec;
  /** The earlier cases that take its requests, as few as do. */
  readonly takers: readonly CaseSpec[];
  /** No request at all is left, also for those after it: these are not told one by one. */
  readonly isLastTaken: boolean;
}

type Residency = readonly string[] | undefined;

/** What tells which cases of a conditional no tenant's request reaches. */
export function deadCases(resources: Resources): (cases: readonly CaseSpec[]) => readonly Dead[] {
  const residencies = residenciesOf(resources);
  return (cases) => {
    const dead: Dead[] = [];
    for (const [index, later] of cases.entries()) {
      const earlier = cases.slice(0, index);
      const takes = (before: readonly CaseSpec[]) => takesAll(before, later, residencies, resources);
      if (index === 0 || !takes(earlier)) continue;
      const isLastTaken = residencies.every((residency) =>
        covers(conditions(earlier, residency, resources), undefined),
      );
      dead.push({ later, takers: fewest(earlier, takes), isLastTaken });
      if (isLastTaken) break;
    }
    return dead;
  };
}

/** Those of tenants, each once, and none. */
function residenciesOf({ tenants }: Resources): readonly Residency[] {
  const distinct = new Map<string, Residency>([['', undefined]]);
  for (const { spec } of tenants.values()) distinct.set(spec.residency?.join() ?? '', spec.residency);
  return [...distinct.values()];
}

function takesAll(
  before: readonly CaseSpec[],
  later: CaseSpec,
  residencies: readonly Residency[],
  resources: Resources,
): boolean {
  return residencies.every(
    (residency) => !isLeft(later, residency, resources) || covers(conditions(before, residency, resources), later.when),
  );
}

/** Residency can take a case away from a tenant, whose requests go on to the next one. */
function conditions(cases: readonly CaseSpec[], residency: Residency, resources: Resources): readonly When[] {
  return cases.filter((one) => isLeft(one, residency, resources)).flatMap(({ when }) => when ?? []);
}

function isLeft({ branches }: CaseSpec, residency: Residency, resources: Resources): boolean {
  if (residency === undefined) return true;
  return branches.flatMap(targetsOfBranch).some(([, target]) => liesWithin(target, residency, resources));
}

function fewest(cases: readonly CaseSpec[], takes: (some: readonly CaseSpec[]) => boolean): readonly CaseSpec[] {
  const alone = cases.find((one) => takes([one]));
  if (alone !== undefined) return [alone];
  return cases.reduceRight<readonly CaseSpec[]>((left, one) => {
    const fewer = left.filter((each) => each !== one);
    return takes(fewer) ? fewer : left;
  }, cases);
}
