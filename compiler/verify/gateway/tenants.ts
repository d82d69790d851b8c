import { clientToken } from '../../../contract/tokens.ts';
import { claimedTenant, clientKey } from '../../../contract/vocabulary.ts';
import type { ResolvedTenant } from '../../resolve/model.ts';
import type { Entitlement } from './behaviour.ts';
import type { Row } from './decision.ts';
import { shown } from './same.ts';
import { type Law, named, type Subject } from './subject.ts';

/** Each credential leads to its tenant and each tenant to its row; nobody else has either. */
export const credentials: Law = function* ({ model, decision }) {
  const { map } = decision.lookups.credential;
  const expected = new Map<string, string>();
  const present = model.tenants.filter(({ status }) => status !== 'retired');
  for (const { name, resource } of present)
    for (const client of resource.spec.clients) expected.set(clientToken(clientKey(name, client.name)), name);
  const federation = model.resources.federation;
  if (federation !== undefined)
    expected.set(clientToken(clientKey(federation.name, federation.spec.client.name)), claimedTenant);
  for (const [token, tenant] of expected) {
    if (map[token] === tenant) continue;
    yield `agentgateway.json: metadata credential leads ${token} to ${shown(map[token])} instead of ${tenant} (tenant ${tenant})`;
  }
  for (const token of Object.keys(map)) {
    if (!expected.has(token)) yield `agentgateway.json: metadata credential lets in ${token}, whom no resource names`;
  }
  const names = new Set(present.map(({ name }) => name));
  for (const name of decision.rows.keys()) {
    if (!names.has(name))
      yield `agentgateway.json: metadata tenant has a row ${name}, which is no tenant of ${model.environment.name}`;
  }
};

/** A row says who the tenant is, and leads to a denial exactly where the tenant is refused as a whole. */
export const rows: Law = function* ({ model, decision }) {
  const counted = model.environment.spec.limits?.backend === 'global';
  for (const tenant of model.tenants) {
    if (tenant.status === 'retired') continue;
    const row = decision.rows.get(tenant.name);
    const denial = denialOf(tenant);
    for (const [field, actual, expected] of fields(tenant, row ?? {}, counted)) {
      if (actual !== expected) yield `${place(tenant)} has ${field} ${shown(actual)} instead of ${shown(expected)}`;
    }
    const id = row?.class ?? '';
    for (const limit of [row?.rpm, row?.tpd])
      if ((limit ?? 0) > largestLimit) yield `${place(tenant)} has the limit ${limit}, more than ${largestLimit}`;
    if (denial !== undefined && id !== denial) yield `${place(tenant)} has class ${shown(id)} instead of ${denial}`;
    if (denial === undefined && id.startsWith('!'))
      yield `${place(tenant)} is refused with ${id}, but the tenant is active`;
  }
};

/** Limits are u32 on their way to the service. */
export const largestLimit = 4_294_967_295;

const place = ({ resource }: ResolvedTenant): string =>
  `agentgateway.json: metadata tenant: the row of ${named(resource)}`;

function* fields(tenant: ResolvedTenant, row: Row, counted: boolean): Iterable<readonly [string, unknown, unknown]> {
  yield ['id', row.id, tenant.name];
  yield ['cc', row.cc, tenant.resource.metadata.costCenter];
  yield ['rpm', row.rpm, counted ? tenant.limits.requestsPerMinute : undefined];
  yield ['tpd', row.tpd, counted ? tenant.limits.tokensPerDay : undefined];
}

/** No counter refuses the first request of a window, so a limit of zero has to be a denial. */
export function denialOf({ status, limits }: ResolvedTenant): string | undefined {
  if (status === 'suspended') return '!suspended';
  return limits.requestsPerMinute === 0 || limits.tokensPerDay === 0 ? '!limit' : undefined;
}

/** Active tenants with the class that their row names. */
export function* activeTenants({ model, decision }: Subject): Iterable<readonly [ResolvedTenant, string]> {
  for (const tenant of model.tenants) {
    if (tenant.status === 'retired' || denialOf(tenant) !== undefined) continue;
    yield [tenant, decision.rows.get(tenant.name)?.class ?? ''];
  }
}

/** A class leads to a rule for each public name that its tenants may use, and for no other; names and lists agree. */
export const classes: Law = function* (subject) {
  const proven = new Map<string, Set<Entitlement>>();
  for (const [tenant, id] of activeTenants(subject)) {
    const entitlement = subject.entitlements.of(tenant);
    const of = proven.get(id) ?? new Set();
    if (of.has(entitlement)) continue;
    proven.set(id, of.add(entitlement));
    yield* classViolations(subject, id, entitlement, `${named(tenant.resource)}, class ${id}`);
  }
  const { rules, aliases, lookups } = subject.decision;
  for (const id of new Set([...rules.keys(), ...aliases.keys(), ...Object.keys(lookups.list.map)])) {
    if (!proven.has(id)) yield `agentgateway.json: class ${id} is no tenant's`;
  }
};

function* classViolations({ decision }: Subject, id: string, entitlement: Entitlement, who: string): Iterable<string> {
  const rules = decision.rules.get(id) ?? new Map<string, string>();
  const aliases = decision.aliases.get(id) ?? new Map<string, string>();
  for (const name of entitlement.behaviours.keys()) {
    if (!rules.has(name)) yield `agentgateway.json: metadata rule has no rule for ${name}, which is allowed (${who})`;
  }
  for (const [name, rule] of rules) {
    if (!entitlement.behaviours.has(name))
      yield `agentgateway.json: metadata rule leads ${name} to ${rule}, but it is not allowed (${who})`;
    if (rule.startsWith('!')) yield `agentgateway.json: rule ${rule} looks like a denial (${who}, model ${name})`;
  }
  for (const name of new Set([...entitlement.aliases.keys(), ...aliases.keys()])) {
    const [actual, expected] = [aliases.get(name), entitlement.aliases.get(name)];
    if (actual !== expected)
      yield `agentgateway.json: metadata model takes ${name} for ${actual ?? 'itself'} instead of ${expected ?? 'itself'} (${who})`;
  }
  const listed = decision.lookups.list.map[id];
  if (listed !== JSON.stringify([...entitlement.behaviours.keys()].sort()))
    yield `agentgateway.json: route models lists ${shown(listed)}, not what is allowed (${who})`;
}
