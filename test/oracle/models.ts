import fc from 'fast-check';
import type { Written } from './configuration.ts';
import { type Draw, maybe, oneOf, someOf } from './draw.ts';
import { catalogue } from './providers.ts';
import type { Fallback, Target } from './routing.ts';

type Profile = Written<'RoutingProfile'>;
type Provider = Written<'Provider'>;
type Model = NonNullable<Profile['spec']['models']>[string];
type Weighted = NonNullable<Model['weighted']>;
type Conditional = NonNullable<Model['conditional']>;
type When = NonNullable<Conditional[number]['when']>;

/** Names with aliases of their own, so that no two models of a profile share one. */
const aliases: Readonly<Record<string, readonly string[]>> = {
  smart: ['smart-latest', 'best'],
  fast: ['fast-1'],
  mixed: ['mixed-latest'],
  route: [],
};

export function models(draw: Draw, available: readonly Provider[]): Profile['spec']['models'] {
  const chosen = draw(someOf(0.6, Object.keys(aliases)));
  const named = chosen.map((name) => [
    name,
    { aliases: draw(someOf(0.6, aliases[name] ?? [])), ...strategy(draw, available) },
  ]);
  const further = Object.entries(fixed(draw)).filter(() => maybe(draw, 0.4, () => true));
  return Object.fromEntries([...named, ...further]);
}

/** Models without choice: the client's name upstream, a wildcard, vectors, the lane for responses only. */
function fixed(draw: Draw): Readonly<Record<string, Model>> {
  return {
    'claude-a': { aliases: draw(oneOf([], ['claude-b'])), single: { provider: 'claude' } },
    'gpt-*': { single: { provider: 'oai' } },
    'gemini*': { single: { provider: 'gem' } },
    vectors: {
      ...draw(
        oneOf<Model>(
          { single: { provider: 'oai', model: 'text-vec' } },
          {
            fallback: {
              targets: [
                { provider: 'vx', model: 'vec-vx' },
                { provider: 'aws-us', model: 'amazon.titan' },
              ],
            },
          },
        ),
      ),
    },
    answers: { aliases: ['answers-1'], single: { provider: 'answers', model: 'gpt-answers' } },
  };
}

function strategy(draw: Draw, available: readonly Provider[]): Model {
  const targets = chatTargets(available);
  switch (draw(oneOf('single', 'fallback', 'weighted', 'conditional', 'conditional'))) {
    case 'single':
      return { single: draw(oneOf(...targets)) };
    case 'fallback':
      return { fallback: fallback(draw, targets, policy(draw)) };
    case 'weighted':
      return { weighted: weighted(draw, targets) };
    case 'conditional':
      return { conditional: conditional(draw, targets) };
  }
}

/** All that can chat: what else a model serves depends on what is drawn. */
function chatTargets(available: readonly Provider[]): Target[] {
  return available.flatMap(({ metadata: { name } }) => {
    if (name === 'answers') return [];
    const chatting = Object.entries(catalogue[name] ?? {}).filter(([, { output }]) => output !== undefined);
    return chatting.map(([model]) => ({ provider: name, model }));
  });
}

type Policy = Omit<Fallback, 'targets'>;

function policy(draw: Draw): Policy {
  return {
    ...draw(oneOf<Policy>({}, {}, { on: [429, 500] }, { on: [503] })),
    ...draw(oneOf<Policy>({}, {}, { backoff: '100ms' })),
    ...draw(oneOf<Policy>({}, {}, { retries: 2 }, { retries: 4 })),
  };
}

function fallback(draw: Draw, targets: readonly Target[], rest: Policy): Fallback {
  const first = draw(oneOf(...targets));
  const others = targets.filter((target) => target !== first);
  const second = draw(oneOf(...others));
  const third = maybe(draw, 0.3, () => draw(oneOf(...others.filter((target) => target !== second))));
  const cooldown = draw(oneOf<Policy>({}, {}, { cooldown: '45s' }));
  return { targets: [first, second, ...(third === undefined ? [] : [third])], ...rest, ...cooldown };
}

function weighted(draw: Draw, targets: readonly Target[]): Weighted {
  const rest = policy(draw);
  const branch = (share: number) => ({
    share,
    ...(maybe(draw, 0.4, () => true)
      ? { fallback: fallback(draw, targets, rest) }
      : { single: draw(oneOf(...targets)) }),
  });
  return draw(oneOf([70, 30], [1, 1], [90, 5, 5])).map(branch);
}

const conditions: readonly When[] = [
  { maxTokensOver: 4000 },
  { promptCharactersOver: 1000 },
  { stream: true },
  { stream: false, maxTokensOver: 100 },
  { tools: true },
  { tools: false, stream: true },
  { header: { name: 'x-workload', equals: 'batch' } },
];

function conditional(draw: Draw, targets: readonly Target[]): Conditional {
  const way = () => {
    switch (draw(oneOf('single', 'single', 'fallback', 'weighted'))) {
      case 'single':
        return { single: draw(oneOf(...targets)) };
      case 'fallback':
        return { fallback: fallback(draw, targets, policy(draw)) };
      case 'weighted':
        return { weighted: weighted(draw, targets) };
    }
  };
  const taken = draw(fc.shuffledSubarray([...conditions], { minLength: 1, maxLength: 3 }));
  return [...taken.map((when) => ({ when, ...way() })), way()];
}

/** What tenants of a profile may be allowed or denied by, and ask for. */
export function modelNames(profiles: readonly Profile[], name: string): string[] {
  return Object.entries(merged(profiles, name)).flatMap(([model, spec]) => [
    ...(model.includes('*') ? wildcardNames.filter((known) => known.startsWith(model.slice(0, 3))) : [model]),
    ...(spec.aliases ?? []),
  ]);
}

const wildcardNames = ['gpt-a', 'gpt-mini', 'gemini-a'];

function merged(profiles: readonly Profile[], name: string | undefined): Readonly<Record<string, Model>> {
  const profile = profiles.find(({ metadata }) => metadata.name === name);
  return profile === undefined ? {} : { ...merged(profiles, profile.spec.extends), ...profile.spec.models };
}
