import type { Report } from '../../diagnostics/finding.ts';
import { ancestry } from '../../resolve/profile.ts';
import { atKey, type Resource, type Resources } from '../../resolve/resources.ts';
import { type ModelSpec, targetsOf } from '../../schema/strategy.ts';
import { type Caller, callersOf, type Exclusion, exclusionOf } from '../callers.ts';
import type { TreeCheck } from '../check.ts';
import { liesWithin } from '../residency.ts';
import { modelsOf, type WrittenModel, writtenModels } from '../written-models.ts';
import { routingUnknownResidency } from './unknown-residency.ts';

/** Why a caller cannot use a model, as a predicate of its tenants. */
type Refusal = Exclusion | 'have their residency elsewhere';

/** What nobody can call is a typo in somebody's list, or a leftover that looks as if it were in use. */
export const routingUncallableModel: TreeCheck = function* ({ resources, documents }) {
  if (!resources.sound) return;
  // A slip there takes models away as well, and is told by itself.
  if ([...routingUnknownResidency({ resources, documents })].length > 0) return;
  const reach = new Reach(resources);
  for (const caller of callersOf(resources)) reach.visit(caller);
  yield* reach.reports();
};

class Reach {
  readonly #resources: Resources;
  /** Of each written model, why all callers so far were refused; undefined: somebody can call it. */
  readonly #refusals = new Map<ModelSpec, Set<Refusal> | undefined>();
  readonly #models = new Map<string, readonly WrittenModel[]>();
  /** Profiles that some caller routes by, and what these extend. */
  readonly #used = new Set<string>();

  constructor(resources: Resources) {
    this.#resources = resources;
  }

  visit(caller: Caller): void {
    const profile = this.#resources.profiles.get(caller.profile);
    if (profile === undefined) return;
    const models = this.#modelsOf(profile);
    if (models.every(({ spec }) => this.#isCallable(spec))) return;
    const judged = models.map((written) => ({
      spec: written.spec,
      refusal: refusalOf(written, caller, this.#resources),
    }));
    // Who can use nothing has a finding of its own, or is suspended.
    if (judged.every(({ refusal }) => refusal !== undefined)) return;
    for (const each of ancestry(profile, this.#resources).chain) this.#used.add(each.name);
    for (const { spec, refusal } of judged) {
      if (this.#isCallable(spec)) continue;
      const before = this.#refusals.get(spec) ?? [];
      this.#refusals.set(spec, refusal === undefined ? undefined : new Set([...before, refusal]));
    }
  }

  *reports(): Iterable<Report> {
    for (const { name, spec, owner } of writtenModels(this.#resources)) {
      const refusals = this.#refusals.get(spec);
      const isReplaced = !this.#refusals.has(spec) && this.#used.has(owner.name);
      if (refusals === undefined && !isReplaced) continue;
      const why = isReplaced
        ? 'every profile that tenants have replaces it'
        : `those that route by it ${[...(refusals ?? [])].sort().join(' or ')}`;
      yield {
        code: 'routing/uncallable-model',
        message: `no tenant can call ${name} of profile ${owner.name}: ${why}`,
        at: atKey(owner, 'spec', 'models', name),
        hint: 'remove it, or let somebody use it',
      };
    }
  }

  #isCallable(spec: ModelSpec): boolean {
    return this.#refusals.has(spec) && this.#refusals.get(spec) === undefined;
  }

  #modelsOf(profile: Resource<'RoutingProfile'>): readonly WrittenModel[] {
    const known = this.#models.get(profile.name);
    if (known !== undefined) return known;
    const models = [...modelsOf(profile, this.#resources).values()];
    this.#models.set(profile.name, models);
    return models;
  }
}

function refusalOf(written: WrittenModel, caller: Caller, resources: Resources): Refusal | undefined {
  const refusal = exclusionOf(written, caller, resources);
  if (refusal !== undefined || caller.residency === undefined) return refusal;
  // Where only some cases are left the model is gone as well: routing/residency-case tells that.
  const { residency } = caller;
  const within = targetsOf(written.spec).some(([, target]) => liesWithin(target, residency, resources));
  return within ? undefined : 'have their residency elsewhere';
}
