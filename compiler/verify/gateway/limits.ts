import type { GatewayPolicy } from './config.ts';
import { literal, servedForm } from './forms.ts';
import { same, shown } from './same.ts';
import { type Law, named, type Subject } from './subject.ts';
import { denialOf, largestLimit } from './tenants.ts';

/** Limits count a tenant over all its rules: once for the gateway, in the route phase, where no denial is counted. */
export const limits: Law = function* (subject) {
  const { config, model } = subject;
  const place = named(model.environment);
  const backend = model.environment.spec.limits?.backend;
  const all = config.policies ?? [];
  for (const policy of all) yield* frameViolations(policy, place);
  if (new Set(all.map(({ name }) => name?.name)).size !== all.length)
    yield `agentgateway.json: two policies have one name (${place})`;
  const remote = all.flatMap(({ policy }) => policy?.remoteRateLimit ?? []);
  const local = all.flatMap(({ policy }) => policy?.localRateLimit ?? []);
  if (remote.length !== (backend === 'global' ? 1 : 0))
    yield `agentgateway.json: ${remote.length} policies ask the rate limit service (${place})`;
  if (backend === 'global' && remote.length === 1)
    yield* remoteViolations(subject, remote[0]?.conditional ?? [], place);
  if (local.length > 1) yield `agentgateway.json: ${local.length} policies count locally (${place})`;
  yield* localViolations(subject, local[0]?.conditional ?? [], backend === 'local');
};

const target = { gateway: { gatewayName: 'default', gatewayNamespace: 'default' } };
const kinds = new Set(['directResponse', 'extAuthz', 'localRateLimit', 'remoteRateLimit']);

function* frameViolations(
  { name, target: actual, phase, policy = {} }: GatewayPolicy,
  place: string,
): Iterable<string> {
  const what = `agentgateway.json: policy ${name?.name}`;
  if (name?.name === undefined || name.namespace === undefined)
    yield `agentgateway.json: a policy has no name (${place})`;
  if (!same(actual, target)) yield `${what} is for ${shown(actual)} instead of the gateway (${place})`;
  if (phase !== 'route') yield `${what} is in phase ${phase}, where it is ignored (${place})`;
  for (const kind of Object.keys(policy)) if (!kinds.has(kind)) yield `${what} is a ${kind} (${place})`;
}

type Entries = readonly (Readonly<Record<string, unknown>> & { readonly condition?: string })[];

/**
 * One key per unit: the service's counters do not know the unit. Tokens are checked with no hits, which passes while the
 * count equals the limit, so the limit is sent less one.
 */
function* remoteViolations({ config, model, artifacts }: Subject, entries: Entries, place: string): Iterable<string> {
  const spec = model.environment.spec.limits;
  const [entry = {}] = entries;
  const override = (unit: string, limit: string) => `{"unit": "${unit}", "requestsPerUnit": ${limit}}`;
  const descriptor = (type: string, key: string, limitOverride: string) => {
    return { type, entries: [{ key, value: 'metadata.tenant.id' }], limitOverride };
  };
  const expected: Readonly<Record<string, unknown>> = {
    condition: servedForm,
    domain: `gatewright-${model.environment.name}`,
    backend: '/ratelimit',
    failureMode: spec?.backend === 'global' && spec.onFailure === 'reject' ? 'failClosed' : 'failOpen',
    descriptors: [
      descriptor('requests', 'tenant_rpm', override('minute', 'metadata.tenant.rpm')),
      descriptor('tokens', 'tenant_tpd', override('day', 'metadata.tenant.tpd - 1')),
    ],
  };
  if (entries.length !== 1) yield `agentgateway.json: policy limits has ${entries.length} entries (${place})`;
  for (const field of new Set([...Object.keys(entry), ...Object.keys(expected)])) {
    if (same(entry[field], expected[field])) continue;
    yield `agentgateway.json: policy limits has ${field} ${shown(entry[field])} instead of ${shown(expected[field])} (${place})`;
  }
  // The service answers OK for ever in a domain that it was not told of.
  const { domain } = JSON.parse(artifacts['ratelimit.json']) as { readonly domain?: string };
  if (domain !== entry['domain'])
    yield `ratelimit.json: the service counts in ${shown(domain)}, the gateway asks in ${shown(entry['domain'])} (${place})`;
  const host = config.backends.find(({ name }) => name === 'ratelimit')?.host;
  if (host !== '@{infra:rateLimitHost}') yield `agentgateway.json: backend ratelimit is ${shown(host)} (${place})`;
}

/** The gateway takes 63 conditions and a default; and a default would be one bucket for everybody else. */
const mostEntries = 63;

function* localViolations({ model }: Subject, entries: Entries, counted: boolean): Iterable<string> {
  const found = new Map(entries.map((entry) => [entry.condition ?? '', entry]));
  if (found.size !== entries.length) yield `agentgateway.json: policy limits has two entries with one condition`;
  if (entries.length > mostEntries)
    yield `agentgateway.json: policy limits has ${entries.length} entries; the gateway loads ${mostEntries} (${named(model.environment)})`;
  for (const tenant of model.tenants) {
    const limit = tenant.limits.requestsPerMinute;
    if (tenant.status === 'retired' || denialOf(tenant) !== undefined || limit === undefined || !counted) continue;
    const condition = `${servedForm} && metadata.tenant.id == ${literal(tenant.name)}`;
    const expected = { condition, type: 'requests', maxTokens: limit, tokensPerFill: limit, fillInterval: '60s' };
    const entry = found.get(condition);
    found.delete(condition);
    if (!same(entry, expected) || limit > largestLimit)
      yield `agentgateway.json: policy limits has ${shown(entry)} instead of ${limit} a minute (${named(tenant.resource)})`;
  }
  for (const condition of found.keys()) yield `agentgateway.json: policy limits counts where no limit is: ${condition}`;
}
