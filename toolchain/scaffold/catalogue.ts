/** The providers that a new configuration can start with. */
export const starters = ['bedrock', 'anthropic', 'openai'] as const;
export type Starter = (typeof starters)[number];

/** A model with a price to start from, from public price data; who uses it has to compare it with its source. */
export interface StarterModel {
  readonly publicName: string;
  readonly upstreamModel: string;
  readonly price: {
    readonly effectiveFrom: string;
    readonly rates: Readonly<Record<string, string>>;
    readonly tiers?: readonly { readonly contextOver: number; readonly rates: Readonly<Record<string, string>> }[];
    readonly source: string;
    readonly verifiedOn: string;
  };
}

/** Parts of the world in which Bedrock's models have a published price that we know. */
export const bedrockResidencies = ['us', 'eu'] as const;
export type BedrockResidency = (typeof bedrockResidencies)[number];

const claude = { source: 'https://platform.claude.com/docs/en/about-claude/pricing', verifiedOn: '2026-11-02' };
const bedrock = { source: 'https://aws.amazon.com/bedrock/pricing/', verifiedOn: '2026-11-02' };
const openai = { source: 'https://developers.openai.com/api/docs/pricing', verifiedOn: '2026-11-02' };

export const anthropicModels: readonly StarterModel[] = [
  {
    publicName: 'claude-sonnet',
    upstreamModel: 'claude-sonnet-5-5',
    price: {
      effectiveFrom: '2026-10-07',
      rates: { input: '2.00', output: '10.00', cacheRead: '0.10', cacheWrite: '2.50' },
      ...claude,
    },
  },
  {
    publicName: 'claude-haiku',
    upstreamModel: 'claude-haiku-5-5',
    price: {
      effectiveFrom: '2026-10-07',
      rates: { input: '0.10', output: '0.50', cacheRead: '0.01', cacheWrite: '0.125' },
      tiers: [
        { contextOver: 100_000, rates: { input: '0.50', output: '2.50', cacheRead: '0.05', cacheWrite: '0.625' } },
      ],
      ...claude,
    },
  },
];

/** Inference profiles: requests stay in their part of the world. */
export function bedrockModels(residency: BedrockResidency): readonly StarterModel[] {
  return [
    {
      publicName: 'claude-sonnet',
      upstreamModel: `${residency}.anthropic.claude-sonnet-5-5`,
      price: {
        effectiveFrom: '2026-10-07',
        rates: { input: '2.20', output: '11.00', cacheRead: '0.11', cacheWrite: '2.75' },
        ...bedrock,
      },
    },
    {
      publicName: 'claude-haiku',
      upstreamModel: `${residency}.anthropic.claude-haiku-5-5`,
      price: {
        effectiveFrom: '2026-10-07',
        rates: { input: '0.11', output: '0.55', cacheRead: '0.011', cacheWrite: '0.1375' },
        tiers: [
          { contextOver: 100_000, rates: { input: '0.55', output: '2.75', cacheRead: '0.055', cacheWrite: '0.6875' } },
        ],
        ...bedrock,
      },
    },
  ];
}

export const openaiModels: readonly StarterModel[] = [
  {
    publicName: 'gpt-terra',
    upstreamModel: 'gpt-6.1-terra',
    price: {
      effectiveFrom: '2026-10-26',
      rates: { input: '1.00', output: '5.00', cacheRead: '0.05', cacheWrite: '1.25' },
      tiers: [
        { contextOver: 272_000, rates: { input: '2.00', output: '7.50', cacheRead: '0.10', cacheWrite: '2.50' } },
      ],
      ...openai,
    },
  },
  {
    publicName: 'gpt-luna',
    upstreamModel: 'gpt-6-luna',
    price: {
      effectiveFrom: '2026-09-22',
      rates: { input: '0.10', output: '0.50', cacheRead: '0.01', cacheWrite: '0.125' },
      tiers: [
        { contextOver: 272_000, rates: { input: '0.20', output: '0.75', cacheRead: '0.02', cacheWrite: '0.25' } },
      ],
      ...openai,
    },
  },
];
