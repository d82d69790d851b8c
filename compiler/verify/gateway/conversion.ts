import type { ClientFormat } from '../../../contract/artifacts/decision-table.ts';
import { clientFormatOf } from '../../../contract/budget-service.ts';
import type { Model, ResolvedModel, ResolvedTarget } from '../../resolve/model.ts';
import type { Resource } from '../../resolve/resources.ts';

type ProviderSpec = Resource<'Provider'>['spec'];

/** What the gateway must be told that each path speaks; without it every path is chat completions. */
export const routeTypes: Readonly<Record<string, string>> = {
  '/v1/chat/completions': 'completions',
  '/v1/embeddings': 'embeddings',
  '/v1/messages': 'messages',
  '/v1/messages/count_tokens': 'anthropicTokenCount',
  '/v1/responses': 'responses',
};

const modelPaths: readonly string[] = Object.keys(routeTypes);

/** Every path that answers anything, by the format in which its clients read errors. */
export function pathsOf(format: ClientFormat): readonly string[] {
  return [...modelPaths, '/v1/models'].filter((path) => clientFormatOf(path) === format);
}

/** Whether the gateway can serve a path with an upstream model of a provider: the conversion table. */
function serves(provider: ProviderSpec, upstream: string, embedding: boolean, path: string): boolean {
  if (path === '/v1/embeddings') return embedding && embeds(provider);
  if (embedding) return false;
  const claude = upstream.includes('claude');
  switch (path) {
    case '/v1/responses':
      if (provider.type === 'anthropic') return false;
      if (provider.type === 'vertex') return !claude;
      return provider.type !== 'custom' || speaks(provider, 'responses', 'completions');
    case '/v1/messages/count_tokens':
      // Bedrock counts for Claude itself, and its answer is not the one that Anthropic's clients know.
      if (provider.type === 'bedrock') return !upstream.includes('anthropic.claude');
      return provider.type !== 'custom' || speaks(provider, 'completions', 'messages');
    default:
      return provider.type !== 'custom' || speaks(provider, 'completions', 'messages');
  }
}

function embeds(provider: ProviderSpec): boolean {
  return provider.type === 'custom' ? speaks(provider, 'embeddings') : provider.type !== 'anthropic';
}

function speaks(provider: Extract<ProviderSpec, { type: 'custom' }>, ...formats: readonly ProviderFormat[]): boolean {
  return formats.some((format) => provider.formats.includes(format));
}

type ProviderFormat = Extract<ProviderSpec, { type: 'custom' }>['formats'][number];

/** The model ids that a target may be called with: of a target without a model, whatever the client may say. */
function upstreamsOf(model: Model, routed: ResolvedModel, target: ResolvedTarget): readonly string[] {
  const fixed = target.model ?? deploymentOf(model, target);
  return fixed === undefined ? routed.publicNames : [fixed];
}

function deploymentOf(model: Model, { provider }: ResolvedTarget): string | undefined {
  const spec = model.resources.providers.get(provider)?.spec;
  return spec?.type === 'azure' ? spec.deployment : undefined;
}

/** Paths that every target can serve with every model that it may be called with. */
export function servedPaths(
  model: Model,
  routed: ResolvedModel,
  targets: readonly ResolvedTarget[],
): readonly string[] {
  const calls = targets.flatMap((target) => {
    const provider = model.resources.providers.get(target.provider);
    return upstreamsOf(model, routed, target).map((upstream) => {
      const price = model.prices.inForce(target.provider, upstream);
      // A model whose output costs nothing to speak of makes vectors.
      return { spec: provider?.spec, upstream, embedding: price !== undefined && price.rates.output === undefined };
    });
  });
  return modelPaths.filter((path) =>
    calls.every(({ spec, upstream, embedding }) => spec !== undefined && serves(spec, upstream, embedding, path)),
  );
}
