import type { Model, PricedRow } from '../../resolve/model.ts';
import type { EnvironmentCheck } from '../check.ts';
import { routedUpstreams } from '../upstreams.ts';

/** Names that say by themselves that a model gives vectors or ranks, and no text. */
const embeds = /embed|rerank|(^|[./-])(bge|e5|gte|voyage|marengo)([.-]|$)/i;

/** Without an output rate a model counts as an embedding model: chat clients get 400, and nobody sees why. */
export const routingDoubtfulEmbedding: EnvironmentCheck = function* ({ model }) {
  const seen = new Set<PricedRow>();
  for (const { target, name, row } of routedUpstreams(model)) {
    if (row === undefined || row.rates.output !== undefined || embeds.test(name) || seen.has(row)) continue;
    seen.add(row);
    const why = whyChat(row, model);
    if (why === undefined) continue;
    yield {
      code: 'routing/doubtful-embedding',
      message: `the price of ${name} has no output rate, so that it serves embeddings only, but ${why}`,
      at: row.origin,
      hint: 'add the output rate',
      related: [{ message: 'what routes to it', at: target.origin }],
    };
  }
};

/** What tells that a model writes text: other steps of its price, other rates, or others of its family. */
function whyChat(row: PricedRow, { prices }: Model): string | undefined {
  const { cacheRead, cacheWrite, reasoning, outputAudio } = row.rates;
  if ([cacheRead, cacheWrite, reasoning, outputAudio].some((rate) => rate !== undefined)) {
    return 'it has rates for what only chat models do';
  }
  const others = prices.rows.filter(
    ({ priceList, rates }) => priceList === row.priceList && rates.output !== undefined,
  );
  if (others.some(({ model }) => model === row.model)) return 'it had one before';
  const sibling = others.find(({ model }) => familyOf(model) === familyOf(row.model));
  return sibling === undefined ? undefined : `${sibling.model} of the same family has one`;
}

/** `us.anthropic.claude` of `us.anthropic.claude-haiku-5-5`. */
function familyOf(model: string): string {
  return model.split(/[-:/@]/)[0] ?? model;
}
