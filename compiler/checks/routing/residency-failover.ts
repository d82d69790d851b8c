import type { Origin } from '../../diagnostics/finding.ts';
import type { Resources } from '../../resolve/resources.ts';
import { type Caller, callersOf, exclusionOf } from '../callers.ts';
import type { TreeCheck } from '../check.ts';
import { liesWithin } from '../residency.ts';
import { fallbacksOf, modelsOf, type WrittenModel } from '../written-models.ts';

interface Loss {
  readonly written: WrittenModel;
  readonly at: Origin;
  readonly residency: readonly string[];
  /** The provider that is left. */
  readonly provider: string;
  readonly tenants: Set<string>;
}

/** Residency takes targets away without a word: where one is left, its failure is the answer. */
export const routingResidencyFailover: TreeCheck = function* ({ resources }) {
  if (!resources.sound) return;
  const losses = new Map<string, Loss>();
  for (const caller of callersOf(resources)) {
    for (const loss of lossesOf(caller, resources)) {
      const key = JSON.stringify([loss.written.owner.name, loss.written.name, loss.at.path, loss.residency]);
      const known = losses.get(key);
      if (known === undefined) losses.set(key, loss);
      else for (const tenant of loss.tenants) known.tenants.add(tenant);
    }
  }
  for (const { written, at, residency, provider, tenants } of losses.values()) {
    const where = residency.join(' or ');
    yield {
      code: 'routing/residency-failover',
      message: `tenants that stay in ${where} (${listed(tenants)}) have no fallback for ${written.name}: only ${provider} is left of its targets`,
      at,
      hint: `add a second target in ${where}, if their requests are to survive a failure of ${provider}`,
    };
  }
};

function* lossesOf(caller: Caller, resources: Resources): Iterable<Loss> {
  const { profile, residency, tenants } = caller;
  const resource = resources.profiles.get(profile);
  if (residency === undefined || resource === undefined) return;
  const names = tenants.map(({ name }) => name);
  for (const written of modelsOf(resource, resources).values()) {
    if (exclusionOf(written, caller, resources) !== undefined) continue;
    for (const { fallback, at } of fallbacksOf(written)) {
      const [only, ...others] = fallback.targets.filter((target) => liesWithin(target, residency, resources));
      if (only === undefined || others.length > 0) continue;
      yield { written, at: at('targets'), residency, provider: only.provider, tenants: new Set(names) };
    }
  }
}

function listed(tenants: ReadonlySet<string>): string {
  const [first, second, ...more] = [...tenants].sort();
  if (second === undefined) return `${first}`;
  return more.length === 0 ? `${first} and ${second}` : `${first} and ${more.length + 1} more`;
}
