import type { When } from '../../compiler/schema/strategy.ts';
import type { Tenant } from './access.ts';
import type { Configuration, Written } from './configuration.ts';

type Profile = Written<'RoutingProfile'>;
type Model = NonNullable<Profile['spec']['models']>[string];
type Provider = Written<'Provider'>['spec'];
export type Fallback = NonNullable<Model['fallback']>;
export type Target = NonNullable<Model['single']>;

export const surfaces = [
  '/v1/chat/completions',
  '/v1/embeddings',
  '/v1/messages',
  '/v1/messages/count_tokens',
  '/v1/responses',
];

export interface Branch {
  readonly share: number;
  readonly targets: readonly Target[];
  /** undefined: a single target. */
  readonly fallback: Fallback | undefined;
}

/** A model of a profile with what a tenant's residency leaves of it. */
export interface Routed {
  readonly name: string;
  readonly isWildcard: boolean;
  /** Everything that clients may send for it. */
  readonly names: readonly string[];
  /** Seconds. */
  readonly timeouts: { readonly request: number; readonly attempt: number };
  readonly cases: readonly { readonly when: When | undefined; readonly branches: readonly Branch[] }[];
  serves(path: string): boolean;
  upstream(target: Target, requested: string): string;
  /** Whether the provider counts tokens itself; else the gateway estimates them, and asks nobody. */
  countsTokens(target: Target, requested: string): boolean;
}

/** Models with at least one way to go, for every request. */
export function routedModels(configuration: Configuration, day: string, tenant: Tenant): Routed[] {
  const lineage = ancestry(configuration, tenant.routing);
  const models: Record<string, Model> = {};
  for (const { spec } of [...lineage].reverse()) Object.assign(models, spec.models);
  return Object.entries(models).flatMap(([name, model]) => {
    const cases = within(configuration, casesOf(model), tenant.residency);
    if (cases.at(-1)?.when !== undefined || cases.length === 0) return [];
    const targets = cases.flatMap(({ branches }) => branches.flatMap((branch) => branch.targets));
    const isWildcard = name.includes('*');
    const priced = pricedModels(configuration, day, model.single?.provider ?? '');
    const names = isWildcard ? priced.filter((n) => matches(name, n)) : [name, ...(model.aliases ?? [])];
    const typeOf = (target: Target) => providerOf(configuration, target);
    const upstream = (target: Target, requested: string) => {
      const provider = typeOf(target);
      return target.model ?? (provider.type === 'azure' ? provider.deployment : undefined) ?? requested;
    };
    const serves = (path: string) =>
      targets.every((target) =>
        names.every((requested) => {
          const id = upstream(target, requested);
          return servable(path, typeOf(target), id, isEmbedding(configuration, target.provider, id));
        }),
      );
    return {
      name,
      isWildcard,
      names,
      timeouts: timeoutsOf(lineage),
      cases,
      serves,
      upstream,
      countsTokens: (target, requested) => countsTokens(typeOf(target), upstream(target, requested)),
    };
  });
}

/** Denying or allowing one name of a model denies or allows the model; models of a wildcard are judged one by one. */
export function permittedNames({ names, isWildcard }: Routed, { allow, deny }: Tenant): readonly string[] {
  const hit = (patterns: readonly string[], all: readonly string[]) =>
    all.some((n) => patterns.some((p) => matches(p, n)));
  const permitted = (all: readonly string[]) => (allow === undefined || hit(allow, all)) && !hit(deny, all);
  if (isWildcard) return names.filter((name) => permitted([name]));
  return permitted(names) ? names : [];
}

function matches(pattern: string, name: string): boolean {
  const parts = pattern.split('*').map((part) => part.replace(/[^A-Za-z0-9]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`).test(name);
}

/** The profile and those that it extends, nearest first. */
function ancestry({ profiles }: Configuration, name: string | undefined): Profile[] {
  const profile = profiles.find(({ metadata }) => metadata.name === name);
  return profile === undefined ? [] : [profile, ...ancestry({ profiles } as Configuration, profile.spec.extends)];
}

function timeoutsOf(lineage: readonly Profile[]): Routed['timeouts'] {
  const written = lineage.find(({ spec }) => spec.timeouts !== undefined)?.spec.timeouts;
  const request = seconds(written?.request ?? '300s');
  return { request, attempt: written?.attempt === undefined ? Math.min(60, request) : seconds(written.attempt) };
}

export function seconds(duration: string): number {
  return Number.parseInt(duration, 10) / (duration.endsWith('ms') ? 1000 : 1);
}

type Strategy = Pick<Model, 'single' | 'fallback' | 'weighted'>;

function casesOf(model: Model): Routed['cases'] {
  const written: readonly (Strategy & { readonly when?: When | undefined })[] = model.conditional ?? [model];
  return written.map((one) => {
    const split: readonly (Strategy & { readonly share: number })[] = one.weighted ?? [{ ...one, share: 1 }];
    const branches = split.map(({ share, single, fallback }) => ({
      share,
      targets: fallback?.targets ?? (single === undefined ? [] : [single]),
      fallback,
    }));
    return { when: one.when, branches };
  });
}

/** Targets elsewhere are none; a branch or case without targets is none, and its requests go to the others. */
function within(configuration: Configuration, cases: Routed['cases'], residency: readonly string[] | undefined) {
  const here = (target: Target) => residency?.includes(providerOf(configuration, target).residency) ?? true;
  return cases
    .map(({ when, branches }) => ({
      when,
      branches: branches
        .map((branch) => ({ ...branch, targets: branch.targets.filter(here) }))
        .filter(({ targets }) => targets.length > 0),
    }))
    .filter(({ branches }) => branches.length > 0);
}

function providerOf({ providers }: Configuration, target: Target): Provider {
  const provider = providers.find(({ metadata }) => metadata.name === target.provider);
  if (provider === undefined) throw new Error(`no provider ${target.provider}`);
  return provider.spec;
}

function pricesOf({ providers, priceLists }: Configuration, provider: string) {
  const list = providers.find(({ metadata }) => metadata.name === provider)?.spec.prices;
  return priceLists.find(({ metadata }) => metadata.name === list)?.spec.models ?? {};
}

function pricedModels(configuration: Configuration, day: string, provider: string): string[] {
  const models = Object.entries(pricesOf(configuration, provider));
  return models.flatMap(([name, { prices }]) => (prices.some((p) => p.effectiveFrom <= day) ? [name] : []));
}

/** A model without a price for output makes vectors, every other one talks. */
function isEmbedding(configuration: Configuration, provider: string, model: string): boolean {
  const rates = pricesOf(configuration, provider)[model]?.prices[0]?.rates;
  return rates !== undefined && rates.output === undefined;
}

/** The gateway's table of conversions. */
function servable(path: string, provider: Provider, model: string, embedding: boolean): boolean {
  const formats: readonly string[] = provider.type === 'custom' ? provider.formats : [];
  const talks = provider.type !== 'custom' || formats.includes('completions') || formats.includes('messages');
  if (embedding || path === '/v1/embeddings') {
    const has = provider.type === 'custom' ? formats.includes('embeddings') : provider.type !== 'anthropic';
    return embedding && path === '/v1/embeddings' && has;
  }
  if (path === '/v1/responses') {
    if (provider.type === 'custom') return formats.includes('responses') || formats.includes('completions');
    return provider.type !== 'anthropic' && !(provider.type === 'vertex' && model.includes('claude'));
  }
  // Bedrock's own count of tokens would reach the client as it is.
  if (path === '/v1/messages/count_tokens' && provider.type === 'bedrock') return !model.includes('anthropic.claude');
  return talks;
}

function countsTokens(provider: Provider, model: string): boolean {
  return provider.type === 'anthropic' || (provider.type === 'vertex' && model.includes('claude'));
}
