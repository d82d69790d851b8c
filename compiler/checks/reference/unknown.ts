import type { Origin, Report } from '../../diagnostics/finding.ts';
import { didYouMean } from '../../diagnostics/suggest.ts';
import { at, atKey, type Resource, type Resources } from '../../resolve/resources.ts';
import { type Kind, kindOf, kinds } from '../../schema/kinds.ts';
import { targetsOf } from '../../schema/strategy.ts';
import type { TreeCheck } from '../check.ts';

interface Reference {
  readonly what: string;
  readonly name: string;
  readonly at: Origin;
  readonly known: ReadonlySet<string>;
  /** False: there may be more than are known. */
  readonly isListed?: boolean;
  readonly place: string;
}

export const referenceUnknown: TreeCheck = function* ({ resources }) {
  const inTests = new Map<string, Reference[]>();
  for (const reference of references(resources)) {
    if (reference.known.has(reference.name) || reference.isListed === false) continue;
    if (kindOf(reference.at.file) !== 'ConfigTest') yield report(reference);
    else push(inTests, `${reference.what} ${reference.name}`, reference);
  }
  // What was removed is named by many cases: one finding is enough to look for the others.
  for (const [first, ...more] of inTests.values()) if (first !== undefined) yield report(first, more.length);
};

function push<T>(groups: Map<string, T[]>, key: string, item: T): void {
  const group = groups.get(key);
  if (group === undefined) groups.set(key, [item]);
  else group.push(item);
}

function report({ what, name, at, known, place }: Reference, more = 0): Report {
  const others = more === 0 ? '' : `, which config tests name ${more === 1 ? 'once' : `${more} times`} more`;
  return {
    code: 'reference/unknown',
    message: `there is no ${what} named ${JSON.stringify(name)}${others}`,
    at,
    hint: didYouMean(name, known) ?? `known: ${listed(known)}; a new one goes to ${place}`,
  };
}

function listed(known: ReadonlySet<string>): string {
  const names = [...known].sort();
  if (names.length === 0) return 'none yet';
  return names.length <= 8 ? names.join(', ') : `${names.slice(0, 8).join(', ')} and ${names.length - 8} more`;
}

function* references(resources: Resources): Iterable<Reference> {
  const to =
    (kind: Kind, what: string) =>
    (name: string, origin: Origin): Reference => ({
      what,
      name,
      at: origin,
      known: resources.declared[kind],
      isListed: !resources.unlisted.has(kind),
      place: kinds[kind].example,
    });
  const profile = to('RoutingProfile', 'routing profile');
  const guardrail = to('Guardrail', 'guardrail');
  const environment = to('Environment', 'environment');
  yield* tenantReferences(resources, profile, guardrail, environment);
  yield* routingReferences(resources, profile, to('Provider', 'provider'), to('PriceList', 'price list'));
  const tenant = to('Tenant', 'tenant');
  yield* environmentReferences(resources, guardrail, tenant, environment);
  yield* configTestReferences(resources, { tenant, guardrail, environment, provider: to('Provider', 'provider') });
  yield* configTestParts(resources);
}

type Refer = (name: string, origin: Origin) => Reference;

function* tenantReferences(
  resources: Resources,
  profile: Refer,
  guardrail: Refer,
  environment: Refer,
): Iterable<Reference> {
  const tiers = resources.tiers;
  for (const tenant of resources.tenants.values()) {
    const { spec } = tenant;
    if (tiers !== undefined) {
      const known = new Set(Object.keys(tiers.spec));
      yield { what: 'tier', name: spec.tier, at: at(tenant, 'spec', 'tier'), known, place: tiers.file };
    }
    yield profile(spec.routing, at(tenant, 'spec', 'routing'));
    for (const [index, name] of spec.guardrails.entries())
      yield guardrail(name, at(tenant, 'spec', 'guardrails', index));
    for (const [name, override] of Object.entries(spec.environments)) {
      const base = ['spec', 'environments', name];
      yield environment(name, atKey(tenant, ...base));
      if (override === 'absent') continue;
      if (override.routing !== undefined) yield profile(override.routing, at(tenant, ...base, 'routing'));
      for (const [index, g] of (override.guardrails ?? []).entries()) {
        yield guardrail(g, at(tenant, ...base, 'guardrails', index));
      }
    }
  }
}

function* routingReferences(
  resources: Resources,
  profile: Refer,
  provider: Refer,
  priceList: Refer,
): Iterable<Reference> {
  for (const resource of resources.providers.values()) {
    yield priceList(resource.spec.prices, at(resource, 'spec', 'prices'));
  }
  for (const resource of resources.profiles.values()) {
    const { spec } = resource;
    if (spec.extends !== undefined) yield profile(spec.extends, at(resource, 'spec', 'extends'));
    for (const [name, model] of Object.entries(spec.models)) {
      const base = ['spec', 'models', name];
      for (const [path, target] of targetsOf(model)) {
        yield provider(target.provider, at(resource, ...base, ...path, 'provider'));
      }
    }
  }
}

function* environmentReferences(
  resources: Resources,
  guardrail: Refer,
  tenant: Refer,
  environment: Refer,
): Iterable<Reference> {
  for (const resource of resources.environments.values()) {
    const { guardrails, access } = resource.spec;
    for (const [index, name] of guardrails.mandatory.entries()) {
      yield guardrail(name, at(resource, 'spec', 'guardrails', 'mandatory', index));
    }
    for (const [index, name] of access.adminTenants.entries()) {
      yield tenant(name, at(resource, 'spec', 'access', 'adminTenants', index));
    }
  }
  const project = resources.project;
  for (const [index, name] of (project?.spec.promotion ?? []).entries()) {
    if (project !== undefined) yield environment(name, at(project, 'spec', 'promotion', index));
  }
}

function* configTestReferences(
  { configTests }: Resources,
  refer: Readonly<Record<'tenant' | 'guardrail' | 'environment' | 'provider', Refer>>,
): Iterable<Reference> {
  for (const test of configTests.values()) {
    for (const [index, name] of (test.spec.environments ?? []).entries()) {
      yield refer.environment(name, at(test, 'spec', 'environments', index));
    }
    for (const [index, { given, expect }] of test.spec.cases.entries()) {
      const base = ['spec', 'cases', index];
      if (given.tenant !== undefined) yield refer.tenant(given.tenant, at(test, ...base, 'given', 'tenant'));
      for (const name of Object.keys(given.upstreams ?? {})) {
        yield refer.provider(name, atKey(test, ...base, 'given', 'upstreams', name));
      }
      const expected = [...base, 'expect'];
      if (expect.provider !== undefined) yield refer.provider(expect.provider, at(test, ...expected, 'provider'));
      for (const [place, name] of (expect.attempts ?? []).entries()) {
        yield refer.provider(name, at(test, ...expected, 'attempts', place));
      }
      for (const name of Object.keys(expect.shares ?? {})) {
        yield refer.provider(name, atKey(test, ...expected, 'shares', name));
      }
      for (const [place, name] of (expect.guardrails ?? []).entries()) {
        yield refer.guardrail(name, at(test, ...expected, 'guardrails', place));
      }
    }
  }
}

/** What config tests name inside of other resources. Whoever names an unknown resource reads only that. */
function* configTestParts({ configTests, tenants, guardrails }: Resources): Iterable<Reference> {
  for (const test of configTests.values()) {
    for (const [index, { given, expect }] of test.spec.cases.entries()) {
      const base = ['spec', 'cases', index];
      const tenant = tenants.get(given.tenant ?? '');
      if (given.client !== undefined && tenant !== undefined) {
        const known = new Set(tenant.spec.clients.map(({ name }) => name));
        const what = `client of tenant ${tenant.name}`;
        yield { what, name: given.client, at: at(test, ...base, 'given', 'client'), known, place: tenant.file };
      }
      for (const [place, name] of (expect.detected ?? []).entries()) {
        const guardrail = guardrails.get(name.split('/')[0] ?? '');
        const origin = at(test, ...base, 'expect', 'detected', place);
        const known = guardrail === undefined ? patternsOf([...guardrails.values()]) : patternsOf([guardrail]);
        const file = guardrail?.file ?? kinds.Guardrail.example;
        yield { what: 'guardrail pattern', name, at: origin, known, place: file };
      }
    }
  }
}

function patternsOf(guardrails: readonly Resource<'Guardrail'>[]): ReadonlySet<string> {
  return new Set(guardrails.flatMap(({ name, spec }) => spec.patterns.map((pattern) => `${name}/${pattern.name}`)));
}
