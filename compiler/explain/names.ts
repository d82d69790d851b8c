import type { Analysis } from '../analysis.ts';
import { closest, didYouMean } from '../diagnostics/suggest.ts';
import { targetsOf } from '../resolve/model.ts';
import { isWildcard } from '../resolve/pattern.ts';
import { denialAnswers } from '../table/answers.ts';
import { upstreamModels } from '../table/rule.ts';
import { surfaces } from '../table/surfaces.ts';
import { modelsOf } from './models.ts';
import type { Refusal } from './route-schema.ts';
import type { Question, Subject } from './subject.ts';

/** A name in the question that nothing has. */
export interface Unknown {
  readonly what: 'tenant' | 'client' | 'path' | 'model';
  readonly name: string;
  /** What it was probably meant to be, as the end of a sentence; else what there is. */
  readonly hint: string;
}

/** The first name in the question that is not known anywhere. */
export function unknownIn(analysis: Analysis, question: Question): Unknown | undefined {
  return unknownTenant(analysis, question) ?? unknownClient(analysis, question) ?? unknownPath(question);
}

function unknownTenant({ resources }: Analysis, { tenant }: Question): Unknown | undefined {
  if (resources.declared.Tenant.has(tenant)) return undefined;
  const renamed = [...resources.tenants.values()].find(({ metadata }) => metadata.formerly.includes(tenant));
  if (renamed !== undefined) return { what: 'tenant', name: tenant, hint: `it is called ${renamed.name} now` };
  return { what: 'tenant', name: tenant, hint: hintFor(tenant, [...resources.tenants.keys()]) };
}

function unknownClient({ resources }: Analysis, { tenant, client }: Question): Unknown | undefined {
  const names = resources.tenants.get(tenant)?.spec.clients.map(({ name }) => name) ?? [];
  if (client === undefined || names.includes(client)) return undefined;
  return { what: 'client', name: client, hint: hintFor(client, names) };
}

function unknownPath({ path }: Question): Unknown | undefined {
  const paths = Object.keys(surfaces);
  if (path === undefined || paths.includes(path)) return undefined;
  return { what: 'path', name: path, hint: hintFor(path, paths) };
}

/** A model that no profile of any environment has, by any of its names. */
export function unknownModel(subjects: readonly Subject[], name: string): Unknown | undefined {
  if (subjects.some((subject) => isKnown(subject, name))) return undefined;
  const upstream = subjects.flatMap((subject) => publicNamesFor(subject, name));
  const names = [...new Set(upstream)];
  if (names.length > 0) {
    return { what: 'model', name, hint: `that is what a provider calls it: clients send ${names.join(' or ')}` };
  }
  return { what: 'model', name, hint: hintFor(name, subjects.flatMap(callableNames)) };
}

function isKnown(subject: Subject, name: string): boolean {
  const { model } = subject;
  const routed = [...model.profiles.values()].flatMap((profile) => profile.models);
  return (
    routed.some(({ publicNames }) => publicNames.includes(name)) ||
    modelsOf(subject).withheld.some((each) => each.name === name)
  );
}

/** Public names that the tenant's profile has for an upstream model. */
function publicNamesFor({ model, profile }: Subject, upstream: string): string[] {
  const models = profile?.models ?? [];
  const leads = models.filter((routed) =>
    targetsOf(routed).some((target) => upstreamModels(model, routed, target).includes(upstream)),
  );
  return leads.map(({ name }) => name);
}

/** A model that the profile of the tenant lacks, or that its wildcard stands for on other days only. */
export function elsewhere(subject: Subject, asked: string): Refusal {
  const { model, tenant, places } = subject;
  const withheld = modelsOf(subject).withheld.find(({ name }) => name === asked);
  if (withheld !== undefined) {
    const { name: _, others: __, ...refusal } = withheld;
    return refusal;
  }
  const having = [...model.profiles.values()].filter((profile) =>
    profile.models.some(({ publicNames }) => publicNames.includes(asked)),
  );
  const meant = closest(asked, callableNames(subject));
  const lacks = `routing profile ${tenant.routing} has no model of this name`;
  const others =
    having.length === 0 ? '' : `; ${having.map(({ name }) => name).join(', ')} ${having.length === 1 ? 'has' : 'have'}`;
  return {
    reason: 'not-in-profile',
    ...denialAnswers.model,
    sentence: `${lacks}${others}${meant === undefined ? '' : `. Did you mean ${meant}?`}`,
    place: places.of(tenant.origin('routing')),
  };
}

function callableNames(subject: Subject): string[] {
  const { callable } = modelsOf(subject);
  return callable.flatMap(({ name, others }) => (isWildcard(name) ? others : [name, ...others]));
}

function hintFor(name: string, known: readonly string[]): string {
  const all = known.length === 0 ? 'there is none' : `there are ${[...new Set(known)].sort().join(', ')}`;
  return didYouMean(name, known) ?? all;
}
