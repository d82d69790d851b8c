import type { DecisionTable, RouteType } from '../../contract/artifacts/decision-table.ts';
import type { Resource } from '../resolve/resources.ts';

/** The paths of the gateway port, with the format in which their clients speak. Everything else is 404. */
export const surfaces: DecisionTable['surfaces'] = {
  '/v1/chat/completions': { format: 'openai', routeType: 'completions' },
  '/v1/embeddings': { format: 'openai', routeType: 'embeddings' },
  '/v1/messages': { format: 'anthropic', routeType: 'messages' },
  '/v1/messages/count_tokens': { format: 'anthropic', routeType: 'anthropicTokenCount' },
  '/v1/responses': { format: 'openai', routeType: 'responses' },
};

const chat: readonly RouteType[] = ['completions', 'messages'];
const tokenCount: readonly RouteType[] = ['anthropicTokenCount'];
const responses: readonly RouteType[] = ['responses'];

/**
 * What a target can serve: the gateway's conversion table. A model without a price for output is an embedding model;
 * every other one is a chat model. Token counts are native for Claude and estimated by the gateway elsewhere; only for
 * Claude on Bedrock the gateway hands Bedrock's own answer to the client, which is no Anthropic answer.
 */
export function servedRouteTypes(
  provider: Resource<'Provider'>['spec'],
  upstreamModel: string,
  isEmbedding: boolean,
): readonly RouteType[] {
  if (isEmbedding) return servesEmbeddings(provider) ? ['embeddings'] : [];
  switch (provider.type) {
    case 'openai':
    case 'azure':
    case 'gemini':
      return [...chat, ...tokenCount, ...responses];
    case 'bedrock':
      return [...chat, ...(upstreamModel.includes('anthropic.claude') ? [] : tokenCount), ...responses];
    case 'anthropic':
      return [...chat, ...tokenCount];
    case 'vertex':
      return [...chat, ...tokenCount, ...(upstreamModel.includes('claude') ? [] : responses)];
    case 'custom':
      return customRouteTypes(provider.formats);
  }
}

function servesEmbeddings(provider: Resource<'Provider'>['spec']): boolean {
  return provider.type === 'custom' ? provider.formats.includes('embeddings') : provider.type !== 'anthropic';
}

function customRouteTypes(formats: readonly string[]): readonly RouteType[] {
  const servesChat = formats.includes('completions') || formats.includes('messages');
  const servesResponses = formats.includes('responses') || formats.includes('completions');
  return [...(servesChat ? [...chat, ...tokenCount] : []), ...(servesResponses ? responses : [])];
}
