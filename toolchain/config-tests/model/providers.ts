import { Unknown } from '../cel/failure.ts';
import type { ProviderEntry } from './config.ts';
import type { RouteType } from './config-ai.ts';

/** A provider as an attempt sees it. */
export interface Provider {
  /** The resource: what follows a dot tells repeated entries of one resource apart. */
  readonly resource: string;
  /** In logs and in the price catalogue. */
  readonly name: string;
  /** Takes the place of the client's model; undefined: that one is sent. */
  readonly model: string | undefined;
  readonly kind: Kind;
  readonly formats: readonly string[];
}

type Kind = 'bedrock' | 'anthropic' | 'openAI' | 'gemini' | 'azure' | 'vertex' | 'custom';

const names: Readonly<Record<Exclude<Kind, 'custom'>, string>> = {
  bedrock: 'aws.bedrock',
  anthropic: 'anthropic',
  openAI: 'openai',
  gemini: 'gcp.gemini',
  azure: 'azure',
  vertex: 'gcp.vertex_ai',
};

export function providerOf(entry: ProviderEntry): Provider {
  const [resource = entry.name] = entry.name.split('.');
  if ('custom' in entry.provider) {
    const { providerOverride, model, formats } = entry.provider.custom;
    if (entry.hostOverride === undefined) throw new Unknown(`the custom provider ${entry.name} has no host`);
    return { resource, name: providerOverride, model, kind: 'custom', formats: formats.map(({ type }) => type) };
  }
  for (const [kind, settings] of Object.entries(entry.provider) as [Exclude<Kind, 'custom'>, { model?: string }][]) {
    return { resource, name: names[kind], model: settings.model, kind, formats: [] };
  }
  throw new Unknown(`the provider ${entry.name} has no type`);
}

/** What a provider can be asked with, best first. */
export type Wire = 'responses' | 'gemini' | 'completions' | 'messages' | 'converse';

/** For each format of clients, what it can become. Responses never become Messages, Messages never become Responses. */
const conversions: Readonly<Record<'completions' | 'messages' | 'responses', readonly Wire[]>> = {
  completions: ['gemini', 'completions', 'messages', 'converse'],
  messages: ['messages', 'completions', 'converse'],
  responses: ['responses', 'completions', 'converse'],
};

/** The format that a provider is asked in; undefined: the gateway has no conversion. */
export function wireFormat(type: RouteType, provider: Provider, model: string): Wire | RouteType | undefined {
  if (type === 'embeddings') return embeds(provider) ? type : undefined;
  if (type === 'anthropicTokenCount') return countsTokens(provider, model) ? type : undefined;
  const spoken = chatFormats(provider, model);
  return conversions[type].find((format) => spoken.includes(format));
}

const spokenAs: Readonly<Record<Wire, string>> = {
  responses: 'OpenAIResponses',
  gemini: 'VertexGemini',
  completions: 'OpenAICompletions',
  messages: 'AnthropicMessages',
  converse: 'BedrockConverse',
};

/** How the gateway says that it has no conversion. */
export function unsupported(type: RouteType, provider: Provider, model: string): string {
  const input = `${type.slice(0, 1).toUpperCase()}${type.slice(1)}`;
  const spoken = chatFormats(provider, model).map((format) => spokenAs[format]);
  const supported = type === 'embeddings' ? '' : ` (supported: [${spoken.join(', ')}])`;
  return `unsupported conversion: from ${input} to provider ${provider.name}${supported}`;
}

function chatFormats({ kind, formats }: Provider, model: string): readonly Wire[] {
  switch (kind) {
    case 'openAI':
    case 'azure':
      return ['responses', 'completions'];
    case 'gemini':
      return ['completions'];
    case 'anthropic':
      return ['messages'];
    case 'bedrock':
      return ['converse'];
    case 'vertex':
      if (isClaude(model)) return ['messages'];
      return isGemini(model) ? ['gemini', 'completions'] : ['completions'];
    case 'custom':
      return (['completions', 'messages', 'responses'] as const).filter((format) => formats.includes(format));
  }
}

/** Claude on Vertex is asked for embeddings, and what it answers are none. */
export function answersNoEmbeddings({ kind }: Provider, model: string): boolean {
  return kind === 'vertex' && isClaude(model);
}

function embeds({ kind, formats }: Provider): boolean {
  return kind === 'custom' ? formats.includes('embeddings') : kind !== 'anthropic';
}

/** Whether the provider counts itself; otherwise the gateway estimates. */
function countsTokens({ kind, formats }: Provider, model: string): boolean {
  switch (kind) {
    case 'anthropic':
      return true;
    case 'bedrock':
      return model.toLowerCase().includes('anthropic.claude');
    case 'vertex':
      return isClaude(model);
    case 'custom':
      return formats.includes('anthropicTokenCount');
    default:
      return false;
  }
}

function isClaude(model: string): boolean {
  return /publishers\/anthropic\/models\/|^anthropic\/|^claude-/.test(model);
}

function isGemini(model: string): boolean {
  return /^(?:.*publishers\/google\/models\/|models\/|google\/)?gemini-(?!embedding-)/.test(model);
}
