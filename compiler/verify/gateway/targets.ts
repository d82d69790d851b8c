import type { Json } from '../../../contract/canonical.ts';
import { secretToken } from '../../../contract/tokens.ts';
import type { ResolvedBranch, ResolvedTarget } from '../../resolve/model.ts';
import type { Resource } from '../../resolve/resources.ts';
import type { Backend, ProviderEntry } from './config.ts';
import { same, shown } from './same.ts';
import { named, type Subject } from './subject.ts';

/** A 503 of the gateway's own is plain text and has no date; every provider sends one. */
const madeHere =
  '(default(response.code, 599) == 503 && coalesce(response.headers["content-type"].startsWith("text/plain") && !("date" in response.headers), false))';

type ProviderSpec = Resource<'Provider'>['spec'];

/** A branch's backend tries exactly the branch's targets, in their order, and leaves a failed one alone. */
export function* branchViolations(
  { config, model }: Subject,
  reference: string | undefined,
  branch: ResolvedBranch,
): Iterable<string> {
  // The gateway takes a reference without the slash, and then does not find it.
  const backend = config.backends.find(({ name }) => `/${name}` === reference);
  if (backend === undefined) {
    yield 'does not exist';
    return;
  }
  const groups = backend.ai?.groups ?? [];
  if (groups.length !== branch.targets.length)
    yield `has ${groups.length} groups of providers instead of ${branch.targets.length}`;
  for (const [index, target] of branch.targets.entries()) {
    const providers = groups[index]?.providers ?? [];
    const resource = model.resources.providers.get(target.provider);
    if (resource === undefined) continue;
    const [entry] = providers;
    if (providers.length !== 1) yield `has ${providers.length} providers in group ${index}`;
    else if (entry !== undefined) yield* entryViolations(entry, target, resource, index);
  }
  yield* healthViolations(backend, branch);
}

function* entryViolations(
  { name, ...entry }: ProviderEntry,
  target: ResolvedTarget,
  resource: Resource<'Provider'>,
  index: number,
): Iterable<string> {
  // A second target of the same provider carries its number behind a dot, which no provider's name has.
  if (String(name).split('.')[0] !== target.provider)
    yield `tries ${name} as target ${index + 1} instead of ${target.provider}`;
  else if (!same(fileChecked(entry, resource.spec), upstreamOf(resource.spec, target.model)))
    yield `calls target ${index + 1} as ${shown(entry)} instead of ${shown(upstreamOf(resource.spec, target.model))} (${named(resource)})`;
}

/** How the gateway has to call a provider: type, place, model, credential, and for a pinned host its name and TLS. */
function upstreamOf(spec: ProviderSpec, model: string | undefined): Json {
  const named = model === undefined ? {} : { model };
  switch (spec.type) {
    case 'bedrock':
      return { provider: { bedrock: { region: spec.region, ...named } } };
    case 'anthropic':
      return { provider: { anthropic: named }, policies: keyOf(spec) };
    case 'openai':
      return { provider: { openAI: named }, policies: keyOf(spec) };
    case 'gemini':
      return { provider: { gemini: named }, policies: keyOf(spec) };
    case 'azure': {
      const deployment = model ?? spec.deployment;
      const called = deployment === undefined ? {} : { model: deployment };
      return {
        provider: { azure: { resourceName: spec.resourceName, resourceType: 'openAI', ...called } },
        policies: keyOf(spec),
      };
    }
    case 'vertex':
      return {
        provider: { vertex: { projectId: spec.projectId, region: spec.region, ...named } },
        policies: { backendAuth: { gcp: { type: 'accessToken', credential: { file: spec.credentials.secret } } } },
      };
    case 'custom':
      return {
        provider: {
          custom: { providerOverride: spec.reportsAs, ...named, formats: spec.formats.map((type) => ({ type })) },
        },
        hostOverride: /:\d+$/.test(spec.host) ? spec.host : `${spec.host}:443`,
        pathPrefix: spec.pathPrefix,
        policies: { backendTLS: {}, ...keyOf(spec) },
      };
  }
}

/** The variable's value is the secret's token: `readConfig` has put it in. */
function keyOf({ credentials }: Extract<ProviderSpec, { credentials: { secret: string } }>): {
  readonly [key: string]: Json;
} {
  return { backendAuth: { key: secretToken(credentials.secret) } };
}

/** A credential in a file is named by the last part of its path. */
function fileChecked(entry: { readonly [key: string]: Json }, spec: ProviderSpec): Json {
  if (spec.type !== 'vertex') return entry;
  const text = JSON.stringify(entry).replace(/"file":"\/[^"]*\/([^"/]+)"/, '"file":"$1"');
  return JSON.parse(text) as Json;
}

/** Without a health policy the gateway retries the same target; without `default` a failed connection counts as healthy. */
function* healthViolations({ policies }: Backend, { targets, failover }: ResolvedBranch): Iterable<string> {
  const expected =
    targets.length < 2 || failover === undefined
      ? undefined
      : {
          unhealthyExpression: `proxy.upstreamDuration != null && default(response.code, 599) in [${[...failover.statuses, 599].join(', ')}] && !${madeHere}`,
          eviction: { duration: failover.cooldown },
        };
  if (!same(policies?.health, expected)) yield `has health ${shown(policies?.health)} instead of ${shown(expected)}`;
  for (const name of Object.keys(policies ?? {})) if (name !== 'health') yield `has a policy ${name}`;
}
