import type { Origin, Report } from '../../diagnostics/finding.ts';
import { ancestry } from '../../resolve/profile.ts';
import { at, atKey, type Resource, type Resources } from '../../resolve/resources.ts';
import type { Kind } from '../../schema/kinds.ts';
import type { TreeCheck } from '../check.ts';
import { mixedWord, skeleton } from './confusable-name/skeleton.ts';

interface Named {
  readonly name: string;
  readonly at: Origin;
  /** To take one name for another of the same owner does no harm. */
  readonly owner?: string;
}

/** Who mistakes one of two names for the other gives access, money or traffic to the wrong one. */
export const referenceConfusableName: TreeCheck = function* ({ resources }) {
  for (const [what, names] of groups(resources)) yield* confusable(what, names);
};

function* groups(resources: Resources): Iterable<readonly [what: string, names: readonly Named[]]> {
  const { tenants, providers, profiles, guardrails, priceLists, environments, tiers } = resources;
  yield ['tenant', ofResources(tenants)];
  yield [
    'display name',
    [...tenants.values()].map((t) => ({ name: t.metadata.displayName, at: at(t, 'metadata', 'displayName') })),
  ];
  yield [
    'IdP group',
    [...tenants.values()].flatMap((t) =>
      t.spec.groups.map((name, index) => ({ name, at: at(t, 'spec', 'groups', index), owner: t.name })),
    ),
  ];
  yield ['provider', ofResources(providers)];
  yield ['routing profile', ofResources(profiles)];
  yield ['guardrail', ofResources(guardrails)];
  yield ['price list', ofResources(priceLists)];
  yield ['environment', ofResources(environments)];
  if (tiers !== undefined)
    yield ['tier', Object.keys(tiers.spec).map((name) => ({ name, at: atKey(tiers, 'spec', name) }))];
  for (const tenant of tenants.values()) {
    yield [
      'app client',
      tenant.spec.clients.map(({ name }, index) => ({ name, at: at(tenant, 'spec', 'clients', index, 'name') })),
    ];
  }
  for (const profile of profiles.values()) yield ['model', publicNames(profile, resources)];
}

function ofResources(resources: ReadonlyMap<string, Resource<Kind>>): Named[] {
  return [...resources.values()].map((resource) => ({ name: resource.name, at: at(resource, 'metadata', 'name') }));
}

/** Those that the profile writes and, before them, those that it inherits: of what only its parents hold, they tell. */
function publicNames(profile: Resource<'RoutingProfile'>, resources: Resources): Named[] {
  const { chain } = ancestry(profile, resources);
  return chain.toReversed().flatMap((member) =>
    Object.entries(member.spec.models).flatMap(([model, { aliases }]) => [
      { name: model, at: atKey(member, 'spec', 'models', model), owner: model },
      ...aliases.map((name, index) => ({
        name,
        at: at(member, 'spec', 'models', model, 'aliases', index),
        owner: model,
      })),
    ]),
  );
}

/** The first of all that look alike is named in the finding about each of the others. */
function* confusable(what: string, names: readonly Named[]): Iterable<Report> {
  const looking = new Map<string, Named>();
  const spoken = new Map<string, Named>();
  for (const one of names) {
    const look = skeleton(one.name);
    const said = one.name.normalize('NFKC').toLowerCase();
    const first = looking.get(look) ?? spoken.get(said);
    looking.set(look, first ?? one);
    spoken.set(said, first ?? one);
    const found = first !== undefined && isOther(what, one, first) ? alike(what, one, first) : mixed(what, one);
    if (found !== undefined) yield found;
  }
}

/** The very same name twice has findings of its own, but for display names, which need not be unique. */
function isOther(what: string, one: Named, first: Named): boolean {
  if (one.owner !== undefined && one.owner === first.owner) return false;
  return first.name !== one.name || what === 'display name';
}

function alike(what: string, one: Named, first: Named): Report {
  const same = one.name === first.name ? 'is also that of another' : `looks like ${JSON.stringify(first.name)}`;
  return {
    code: 'reference/confusable-name',
    message: `the ${what} ${JSON.stringify(one.name)} ${same}: people will take one for the other`,
    at: one.at,
    hint: 'rename one of them: they should differ in more than case and look-alike letters',
    related: [{ message: 'the other', at: first.at }],
  };
}

function mixed(what: string, { name, at: where }: Named): Report | undefined {
  const found = mixedWord(name);
  if (found === undefined) return undefined;
  return {
    code: 'reference/confusable-name',
    message: `the ${what} ${JSON.stringify(name)} has a word of ${found.scripts} letters, so that another name can look like it`,
    at: where,
    hint: `type ${JSON.stringify(found.word)} again with the letters of one alphabet`,
  };
}
