import { schemaVersion } from '../../contract/vocabulary.ts';
import type { AnalysedEnvironment, Analysis } from '../analysis.ts';
import { at, type Resource } from '../resolve/resources.ts';
import { budgetOf, limitsOf } from './allowance.ts';
import type { Environment, Explanation } from './explanation.ts';
import { clientsOf, peopleOf } from './identity.ts';
import { modelsOf } from './models.ts';
import { type Unknown, unknownIn, unknownModel } from './names.ts';
import { Places } from './place.ts';
import { routeOf } from './route.ts';
import { guardrailsOf, refusesAll, residencyOf, routingOf, statusOf } from './standing.ts';
import type { Question, Subject } from './subject.ts';

/** `unreadable`: the file of the tenant has such errors that nothing can be said. */
export type Outcome =
  | { readonly explanation: Explanation }
  | { readonly unknown: Unknown }
  | { readonly unreadable: string };

/** What holds for a tenant, and who decided it. */
export function explain(analysis: Analysis, question: Question): Outcome {
  const unknown = unknownIn(analysis, question);
  if (unknown !== undefined) return { unknown };
  const tenant = analysis.resources.tenants.get(question.tenant);
  if (tenant === undefined) return { unreadable: question.tenant };
  const places = new Places(analysis);
  const subjects = analysis.environments.flatMap((each) => subjectIn(each, places, question) ?? []);
  const nameless =
    question.model === undefined || subjects.length === 0 ? undefined : unknownModel(subjects, question.model);
  if (nameless !== undefined) return { unknown: nameless };
  return { explanation: explanationOf(analysis, question, tenant, places, subjects) };
}

function subjectIn(analysed: AnalysedEnvironment, places: Places, question: Question): Subject | undefined {
  const tenant = analysed.model.tenants.find(({ name }) => name === question.tenant);
  if (tenant === undefined) return undefined;
  return { ...analysed, tenant, profile: analysed.model.profiles.get(tenant.routing), places, question };
}

function explanationOf(
  { date, environments, findings }: Analysis,
  { model, client, path }: Question,
  tenant: Resource<'Tenant'>,
  places: Places,
  subjects: readonly Subject[],
): Explanation {
  const { displayName, owners, costCenter, orgUnit, formerly } = tenant.metadata;
  return {
    schemaVersion,
    date,
    tenant: {
      name: tenant.name,
      displayName,
      owners: [...owners],
      costCenter,
      orgUnit: orgUnit ?? null,
      formerly: [...formerly],
      place: places.of(at(tenant, 'metadata', 'name')),
    },
    asked: { model: model ?? null, client: client ?? null, path: path ?? null },
    errors: findings.filter(({ severity }) => severity === 'error').length,
    environments: environments.map((each): Environment => {
      const subject = subjects.find((one) => one.model === each.model);
      return subject === undefined ? absentIn(each, tenant, places) : presentIn(subject);
    }),
  };
}

function absentIn(
  { model: { environment } }: AnalysedEnvironment,
  tenant: Resource<'Tenant'>,
  places: Places,
): Environment {
  return {
    environment: environment.name,
    class: environment.spec.class,
    absent: places.of(at(tenant, 'spec', 'environments', environment.name)),
  };
}

function presentIn(subject: Subject): Environment {
  const { model, tenant, places, question } = subject;
  const { name, spec } = model.environment;
  return {
    environment: name,
    class: spec.class,
    absent: null,
    status: statusOf(subject),
    refusesAll: refusesAll(subject),
    tier: places.decided(tenant.tier, tenant.origin('tier')),
    residency: residencyOf(subject),
    routing: routingOf(subject),
    guardrails: guardrailsOf(subject),
    limits: limitsOf(subject),
    budget: budgetOf(subject),
    clients: clientsOf(subject),
    people: peopleOf(subject),
    models: question.model === undefined ? modelsOf(subject) : null,
    route: question.model === undefined ? null : routeOf(subject, question.model),
  };
}
