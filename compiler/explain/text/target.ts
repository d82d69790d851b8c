import { type RateName, rateNames } from '../../../contract/artifacts/cost-table.ts';
import { grouped } from '../numbers.ts';
import type { Price, Target } from '../route-schema.ts';
import { type Node, node } from './branch.ts';

/** Where a request goes, and what it costs there. */
export function targetNode(target: Target, index: number, isOneOfSeveral: boolean): Node {
  const { provider, location, residency, credentials, upstream, place } = target;
  const where = location === null ? residency : `${location}, ${residency}`;
  const order = isOneOfSeveral ? `${index + 1} ` : '';
  return node(`${order}${provider}`, upstream.map(({ model }) => model).join(', '), {
    id: `target ${index}`,
    place,
    children: [
      node('in', `${where}; ${credentials === 'taskRole' ? 'by the task role' : `key in secret ${credentials}`}`, {
        role: 'dim',
      }),
      ...upstream.flatMap((each) => upstreamNodes(each, upstream.length > 1 ? `${each.model} ` : '')),
    ],
  });
}

function upstreamNodes({ price, next, retires }: Target['upstream'][number], prefix: string): Node[] {
  return [
    ...(price === null
      ? [node(`${prefix}costs`, 'no price on this day', { role: 'bad' })]
      : priceNodes(`${prefix}costs`, price, 'since')),
    ...(next === null ? [] : priceNodes(`${prefix}then`, next, 'from')),
    ...(retires === null ? [] : [node(`${prefix}retires`, retires.on, { role: 'warn', place: retires.place })]),
  ];
}

function priceNodes(label: string, { from, rates, tiers, discountPercent, place }: Price, since: string): Node[] {
  const less = discountPercent === null ? '' : `, ${discountPercent} % off`;
  return [
    node(label, ratesText(rates), {
      place,
      children: [
        node(since, `${from}, USD per 1M tokens${less}`, { role: 'dim' }),
        ...tiers.map(({ contextOver, rates: beyond }) =>
          node('over', `${grouped(contextOver)} tokens: ${ratesText(beyond)}`, {
            id: `tier ${contextOver}`,
            role: 'dim',
          }),
        ),
      ],
    }),
  ];
}

const rateWords: Readonly<Record<RateName, string>> = {
  input: 'in',
  output: 'out',
  cacheRead: 'cache read',
  cacheWrite: 'cache write',
  reasoning: 'reasoning',
  inputAudio: 'audio in',
  outputAudio: 'audio out',
};

/** USD for a million tokens. */
function ratesText(rates: Price['rates']): string {
  const told = rateNames.flatMap((name) => (rates[name] === undefined ? [] : [`${rateWords[name]} ${rates[name]}`]));
  return told.join(', ');
}
