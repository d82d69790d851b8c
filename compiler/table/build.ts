import { type DecisionTable, denials } from '../../contract/artifacts/decision-table.ts';
import { byCodeUnit, digest } from '../../contract/canonical.ts';
import { claimedTenant, clientKey, schemaVersion } from '../../contract/vocabulary.ts';
import type { Origin, Report } from '../diagnostics/finding.ts';
import { type Memory, noMemory } from '../memory.ts';
import type { Model, ResolvedModel, ResolvedProfile, ResolvedTenant } from '../resolve/model.ts';
import { isWildcard } from '../resolve/pattern.ts';
import { permittedNames } from './permission.ts';
import { type NamedRule, ruleOf, type Variant } from './rule.ts';
import { surfaces } from './surfaces.ts';
import type { Table } from './table.ts';

/** References that make a class: tenants with equal ones behave alike. Names only, so editing a profile renames no class. */
interface ClassReferences extends Variant {
  readonly profile: string;
  readonly allow: readonly string[] | undefined;
  readonly deny: readonly string[];
}

interface Draft {
  readonly model: Model;
  readonly memory: Memory;
  readonly classes: DecisionTable['classes'];
  readonly rules: DecisionTable['rules'];
  readonly ruleOrigins: Map<string, Origin>;
  readonly classOrigins: Map<string, Origin>;
  readonly classIds: Map<string, string>;
  readonly reports: Report[];
}

/** credential → tenant → class → (public model) → rule, as flat maps. */
export function buildTable(model: Model, memory: Memory = noMemory): Table {
  const draft: Draft = {
    model,
    memory,
    classes: {},
    rules: {},
    ruleOrigins: new Map(),
    classOrigins: new Map(),
    classIds: new Map(),
    reports: [],
  };
  const present = model.tenants.filter((tenant) => tenant.status !== 'retired');
  const rows = present.map((tenant): [string, DecisionTable['tenants'][string]] => [
    tenant.name,
    {
      class: classOf(draft, tenant),
      costCenter: tenant.resource.metadata.costCenter,
      limits: {
        requestsPerMinute: tenant.limits.requestsPerMinute ?? null,
        tokensPerDay: tenant.limits.tokensPerDay ?? null,
      },
    },
  ]);
  return {
    data: {
      schemaVersion,
      environment: model.environment.name,
      clients: clientsOf(model, present),
      tenants: Object.fromEntries(rows),
      classes: draft.classes,
      rules: draft.rules,
      surfaces,
    },
    origins: { rules: draft.ruleOrigins, classes: draft.classOrigins },
    reports: draft.reports,
  };
}

function clientsOf(model: Model, tenants: readonly ResolvedTenant[]): DecisionTable['clients'] {
  const clients = tenants.flatMap((tenant) =>
    tenant.resource.spec.clients.map((client): [string, string] => [clientKey(tenant.name, client.name), tenant.name]),
  );
  const federation = model.resources.federation;
  if (federation !== undefined) clients.push([clientKey(federation.name, federation.spec.client.name), claimedTenant]);
  return Object.fromEntries(clients);
}

function classOf(draft: Draft, tenant: ResolvedTenant): string {
  if (tenant.status === 'suspended') return denials.suspended;
  // No counter refuses the first request of a window: a limit of zero is a denial.
  if (tenant.limits.requestsPerMinute === 0 || tenant.limits.tokensPerDay === 0) return denials.limit;
  const { allow, deny } = tenant.resource.spec.models;
  const references: ClassReferences = {
    profile: tenant.routing,
    guardrails: tenant.guardrails,
    residency: tenant.residency && [...tenant.residency].sort(byCodeUnit),
    allow: allow && [...new Set(allow)].sort(byCodeUnit),
    deny: [...new Set(deny ?? [])].sort(byCodeUnit),
  };
  const text = JSON.stringify([
    references.profile,
    references.guardrails,
    references.residency ?? null,
    references.allow ?? null,
    references.deny,
  ]);
  const known = draft.classIds.get(text);
  if (known !== undefined) return known;
  const id = draft.memory.recall(`id of ${text}`, [], () => `c-${digest(text).slice(0, 10)}`);
  draft.classIds.set(text, id);
  addClass(draft, { id, text, references }, tenant);
  return id;
}

interface NamedClass {
  readonly id: string;
  /** The references as one text. */
  readonly text: string;
  readonly references: ClassReferences;
}

function addClass(draft: Draft, { id, text, references }: NamedClass, tenant: ResolvedTenant): void {
  const { model, memory } = draft;
  if (draft.classes[id] !== undefined) draft.reports.push(collision(id, tenant.origin('routing')));
  const profile = model.profiles.get(references.profile);
  const inputs = [model.environment, profile, model.prices, model.resources.providers];
  const { rules, ...names } = memory.recall(`class ${text} in ${model.environment.name}`, inputs, () =>
    profile === undefined ? { models: {}, aliases: {}, rules: [] } : modelsOf(model, profile, references),
  );
  for (const { named, routed } of rules) addRule(draft, named, routed);
  draft.classOrigins.set(id, tenant.origin('routing'));
  draft.classes[id] = {
    profile: references.profile,
    guardrails: [...references.guardrails],
    residency: references.residency === undefined ? null : [...references.residency],
    ...names,
  };
}

interface ClassModels extends Pick<DecisionTable['classes'][string], 'models' | 'aliases'> {
  readonly rules: readonly { readonly named: NamedRule; readonly routed: ResolvedModel }[];
}

function modelsOf(model: Model, profile: ResolvedProfile, references: ClassReferences): ClassModels {
  const models: [string, string][] = [];
  const aliases: [string, string][] = [];
  const rules: { named: NamedRule; routed: ResolvedModel }[] = [];
  for (const routed of profile.models) {
    const names = permittedNames(routed, references.allow, references.deny);
    if (names.length === 0) continue;
    const named = ruleOf(model, profile, routed, references);
    if (named === undefined) continue;
    rules.push({ named, routed });
    for (const name of names) {
      models.push([name, named.id]);
      if (!isWildcard(routed.name) && name !== routed.name) aliases.push([name, routed.name]);
    }
  }
  return {
    models: Object.fromEntries(models.sort(byKey)),
    aliases: Object.fromEntries(aliases.sort(byKey)),
    rules,
  };
}

function byKey([a]: readonly [string, string], [b]: readonly [string, string]): number {
  return byCodeUnit(a, b);
}

function addRule(draft: Draft, { id, rule }: NamedRule, routed: ResolvedModel): void {
  if (draft.rules[id] === undefined) {
    draft.rules[id] = rule;
    draft.ruleOrigins.set(id, routed.origin);
  } else if (draft.rules[id] !== rule && JSON.stringify(draft.rules[id]) !== JSON.stringify(rule)) {
    draft.reports.push(collision(id, routed.origin));
  }
}

function collision(id: string, origin: Origin): Report {
  return {
    code: 'routing/rule-collision',
    message: `two different behaviours would have the id ${id}`,
    at: origin,
    hint: 'rename one of the models or guardrails involved',
  };
}
