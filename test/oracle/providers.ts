import type { Written } from './configuration.ts';
import { type Draw, oneOf, someOf } from './draw.ts';

type Provider = Written<'Provider'>;
type Rates = Written<'PriceList'>['spec']['models'][string]['prices'][number]['rates'];

const talk: Rates = { input: '3', output: '15' };
const vector: Rates = { input: '0.1' };

/** Upstream models by provider, each with its rates. Some chat, some make vectors, some are never named by a profile. */
export const catalogue: Readonly<Record<string, Readonly<Record<string, Rates>>>> = {
  'aws-us': { 'us.anthropic.claude-a': talk, 'us.amazon.nova': talk, 'amazon.titan': vector },
  'aws-eu': { 'eu.anthropic.claude-a': talk, 'eu.amazon.nova': talk },
  claude: { 'claude-a': talk, 'claude-b': talk },
  oai: { 'gpt-a': talk, 'gpt-b': talk, 'gpt-mini': talk, 'text-vec': vector },
  az: { 'gpt-az': talk, 'gpt-azure-two': talk },
  vx: { 'claude-vx': talk, 'gemini-vx': talk, 'vec-vx': vector },
  gem: { 'gemini-a': talk, 'gemini-b': talk },
  lane: { 'oss-a': talk, 'oss-vec': vector },
  answers: { 'gpt-answers': talk },
};

export function providers(draw: Draw): Provider[] {
  const secret = (name: string) => ({ credentials: { secret: name } }) as const;
  const lane = draw(oneOf(['completions'], ['messages'], ['messages', 'responses'], ['completions', 'embeddings']));
  const specs: Readonly<Record<string, Provider['spec']>> = {
    'aws-us': { type: 'bedrock', region: 'us-east-1', credentials: 'taskRole', residency: 'us', prices: 'aws-us' },
    'aws-eu': { type: 'bedrock', region: 'eu-west-1', credentials: 'taskRole', residency: 'eu', prices: 'aws-eu' },
    claude: { type: 'anthropic', ...secret('a'), residency: 'us', prices: 'claude' },
    oai: { type: 'openai', ...secret('b'), residency: 'us', prices: 'oai' },
    az: {
      type: 'azure',
      resourceName: 'acme',
      ...draw(oneOf({}, { deployment: 'gpt-az' })),
      ...secret('c'),
      residency: 'eu',
      prices: 'az',
    },
    vx: { type: 'vertex', projectId: 'acme-ai', region: 'europe-west4', ...secret('d'), residency: 'eu', prices: 'vx' },
    gem: { type: 'gemini', ...secret('e'), residency: 'us', prices: 'gem' },
    lane: {
      type: 'custom',
      host: 'lane.example',
      pathPrefix: '/v1',
      formats: [...lane],
      ...secret('f'),
      residency: 'eu',
      prices: 'lane',
    },
    answers: {
      type: 'custom',
      host: 'answers.example',
      pathPrefix: '/openai/v1',
      formats: ['responses'],
      reportsAs: 'aws.bedrock',
      ...secret('g'),
      residency: 'us',
      prices: 'answers',
    },
  };
  return Object.entries(specs).map(([name, spec]) => ({
    apiVersion: 'gatewright/v1',
    kind: 'Provider',
    metadata: { name },
    spec,
  }));
}

/** One for each provider; a model that only a wildcard could find is priced at times, or only from next year on. */
export function priceLists(draw: Draw, available: readonly Provider[]): Written<'PriceList'>[] {
  const price = (rates: Rates, effectiveFrom = '2026-01-01') => ({
    prices: [{ effectiveFrom, rates, source: 'https://prices.example/', verifiedOn: '2026-01-01' }],
  });
  return available.map(({ metadata: { name } }) => {
    const extra = draw(someOf(0.5, ['gpt-extra', 'gemini-extra'])).map((model) => [model, price(talk)] as const);
    const future = ['gpt-future', 'gemini-future'].map((model) => [model, price(talk, '2027-01-01')] as const);
    const listed = Object.entries(catalogue[name] ?? {}).map(([model, rates]) => [model, price(rates)] as const);
    const models = Object.fromEntries([...listed, ...(['oai', 'gem'].includes(name) ? [...extra, ...future] : [])]);
    return { apiVersion: 'gatewright/v1', kind: 'PriceList', metadata: { name }, spec: { models } };
  });
}
