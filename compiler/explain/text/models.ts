import { isWildcard } from '../../resolve/pattern.ts';
import type { Callable, Present, Withheld } from '../explanation.ts';
import { type Node, node } from './branch.ts';
import { listed } from './words.ts';

/** What the tenant may call, and what of its profile it may not. */
export function modelNodes({ models, refusesAll, routing }: Present): Node[] {
  if (models === null) return [];
  const { callable, withheld } = models;
  const now = refusesAll === null ? '' : `none now: ${refusesAll.sentence}`;
  const text = callable.length === 0 ? 'none' : now;
  return [
    node('may call', text, {
      role: text === '' ? 'plain' : 'bad',
      children: callable.map(callableNode),
    }),
    ...(withheld.length === 0
      ? []
      : [node('may not call', `of ${routing.value}`, { role: 'dim', children: withheld.map(withheldNode) })]),
  ];
}

function callableNode({ name, others, rule, strategy, targets, surfaces, place }: Callable): Node {
  const how = targets.length === 1 ? listed(targets) : `${strategy}: ${listed(targets)}`;
  const known = others.length === 0 ? [] : [node(isWildcard(name) ? 'names' : 'alias', listed(others))];
  return node(name, how, {
    place,
    children: [
      ...known,
      node('rule', rule, { role: 'dim' }),
      ...(surfaces.length === 0 ? [] : [node('on', listed(surfaces), { role: 'dim' })]),
    ],
  });
}

function withheldNode({ name, others, status, sentence, place }: Withheld): Node {
  const aliases = others.length === 0 ? '' : ` (also ${listed(others)})`;
  return node(name, `${status}: ${sentence}${aliases}`, { role: 'warn', place });
}
