import type { Branch, DecisionTable, Target } from '../../../contract/artifacts/decision-table.ts';
import { byCodeUnit, digest, sortedKeys } from '../../../contract/canonical.ts';
import type { Model } from '../../resolve/model.ts';
import type { Resource } from '../../resolve/resources.ts';
import { secretFile, secretVariable } from '../secrets.ts';
import { EnvironmentReference, type GatewayObject, type GatewayValue } from './value.ts';

/**
 * Backends are shared by all rules with the same targets, so that what one request learns about a failing target holds
 * for the next. The name is a digest of references: editing a provider renames no backend.
 */
export function backendName(branch: Branch): string {
  return `b-${digest(JSON.stringify([branch.targets.map((t) => [t.provider, t.model]), branch.unhealthy])).slice(0, 10)}`;
}

export function backendsOf(table: DecisionTable, model: Model): GatewayObject[] {
  const backends = new Map<string, GatewayObject>();
  for (const id of sortedKeys(table.rules)) {
    for (const branch of table.rules[id]?.cases.flatMap((c) => c.branches) ?? []) {
      const name = backendName(branch);
      if (!backends.has(name)) backends.set(name, backend(name, branch, model));
    }
  }
  return [...backends].sort(([a], [b]) => byCodeUnit(a, b)).map(([, value]) => value);
}

function backend(name: string, branch: Branch, model: Model): GatewayObject {
  const health = branch.unhealthy === null ? {} : { policies: { health: healthPolicy(branch.unhealthy) } };
  return {
    name,
    ...health,
    ai: { groups: branch.targets.map((target, index) => ({ providers: [provider(target, index, branch, model)] })) },
  };
}

/**
 * The same statuses that are retried also put a target aside; without that the gateway would retry the same target. A
 * failed connection has no status and counts as 599. Answers that the gateway made itself are no fault of the target: a
 * 503 as plain text without a date, which every provider sends.
 */
const madeHere =
  '(default(response.code, 599) == 503 && coalesce(response.headers["content-type"].startsWith("text/plain") && !("date" in response.headers), false))';

function healthPolicy(unhealthy: NonNullable<Branch['unhealthy']>): GatewayObject {
  const statuses = [...unhealthy.statuses, 599].join(', ');
  return {
    unhealthyExpression: `proxy.upstreamDuration != null && default(response.code, 599) in [${statuses}] && !${madeHere}`,
    eviction: { duration: unhealthy.cooldown },
  };
}

function provider(target: Target, index: number, branch: Branch, model: Model): GatewayObject {
  const resource = model.resources.providers.get(target.provider);
  const repeated = branch.targets.slice(0, index).some((earlier) => earlier.provider === target.provider);
  // No provider resource has a dot in its name.
  const name = repeated ? `${target.provider}.${index + 1}` : target.provider;
  return resource === undefined ? { name } : { name, ...providerConfig(resource.spec, target.model) };
}

function providerConfig(spec: Resource<'Provider'>['spec'], upstreamModel: string | null): GatewayObject {
  const model = upstreamModel === null ? {} : { model: upstreamModel };
  switch (spec.type) {
    case 'bedrock':
      return { provider: { bedrock: { region: spec.region, ...model } } };
    case 'anthropic':
      return { provider: { anthropic: model }, ...keyPolicies(spec.credentials.secret) };
    case 'openai':
      return { provider: { openAI: model }, ...keyPolicies(spec.credentials.secret) };
    case 'gemini':
      return { provider: { gemini: model }, ...keyPolicies(spec.credentials.secret) };
    case 'azure': {
      const deployment = spec.deployment === undefined ? {} : { model: spec.deployment };
      return {
        provider: { azure: { resourceName: spec.resourceName, resourceType: 'openAI', ...deployment, ...model } },
        ...keyPolicies(spec.credentials.secret),
      };
    }
    case 'vertex':
      return {
        provider: { vertex: { projectId: spec.projectId, region: spec.region, ...model } },
        // The credential is a JSON document; spliced in as text its quotes would change the config's structure.
        policies: {
          backendAuth: { gcp: { type: 'accessToken', credential: { file: secretFile(spec.credentials.secret) } } },
        },
      };
    case 'custom':
      return {
        provider: {
          custom: { providerOverride: spec.reportsAs, ...model, formats: spec.formats.map((type) => ({ type })) },
        },
        hostOverride: spec.host.includes(':') ? spec.host : `${spec.host}:443`,
        pathPrefix: spec.pathPrefix,
        // A host override drops the gateway's own TLS: it has to be said.
        policies: { backendTLS: {}, ...keyPolicies(spec.credentials.secret).policies },
      };
  }
}

function keyPolicies(secret: string): { readonly policies: { readonly [key: string]: GatewayValue } } {
  return { policies: { backendAuth: { key: new EnvironmentReference(secretVariable(secret)) } } };
}
