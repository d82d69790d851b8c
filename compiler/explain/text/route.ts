import type { When } from '../../../contract/artifacts/decision-table.ts';
import { targetsOf } from '../../resolve/model.ts';
import type { Present } from '../explanation.ts';
import type { Refusal, Route } from '../route-schema.ts';
import { decidedNode, type Node, node } from './branch.ts';
import { targetNode } from './target.ts';
import { listed } from './words.ts';

export function isRoute(route: Route | Refusal): route is Route {
  return 'rule' in route;
}

/** The way of a request, or why there is none. */
export function routeNodes({ route, refusesAll }: Present, asked: string): Node[] {
  if (route === null) return [];
  if (refusesAll === null && isRoute(route)) {
    return [node(asked, aliasText(route), { id: 'route', role: 'good', place: route.place }), ...below(route)];
  }
  // Whoever gets no answer at all need not know how the model would have answered.
  const refusal = refusesAll ?? (isRoute(route) ? null : route);
  if (refusal === null) return [];
  const { status, code, sentence, place } = refusal;
  return [node(asked, `${status} ${code}: ${sentence}`, { id: 'route', role: 'bad', place })];
}

function aliasText({ asked, model, profile }: Route): string {
  return asked === model ? `served, by profile ${profile}` : `served as ${model}, by profile ${profile}`;
}

function below(route: Route): Node[] {
  return [
    pathNode(route),
    node('answered by', '', { children: [...caseNodes(route), ...removedNodes(route)] }),
    ...parameterNodes(route),
    timeoutNode(route),
    ...cachingNode(route),
    ...guardNodes(route),
    node('instead', 'what a client may get in place of an answer', { role: 'dim', children: answerNodes(route) }),
  ];
}

/** What a reader wants to know last: under which names it is counted, and what the guardrails leave out. */
export function smallPrint(route: Route): Node[] {
  const keys = priceKeys(route).map((key) => node('priced as', key, { id: `priced ${key}`, role: 'dim' }));
  const facts = [node('cost center', route.ledger.costCenter), node('rule', route.rule, { role: 'dim' }), ...keys];
  return [
    node('logged as', `${route.ledger.tenant} / ${route.ledger.model}`, { children: facts }),
    ...gapNodes(route.guardrails),
  ];
}

/** The limit of one environment is that of another, also where the number differs. */
function answerNodes({ answers }: Route): Node[] {
  const kind = ({ status, source }: Route['answers'][number]) => `${status} ${source}`;
  return answers.map((answer, index) => {
    const before = answers.slice(0, index).filter((other) => kind(other) === kind(answer)).length;
    return node(answer.status === null ? 'any' : String(answer.status), answer.sentence, {
      id: `${kind(answer)} ${before}`,
      place: answer.place,
    });
  });
}

function pathNode({ surfaces, asksForPath }: Route): Node {
  const served = surfaces.filter((surface) => surface.served);
  return node(
    'paths',
    asksForPath === false ? '400 unsupported_path: it is not served on the path that was asked for' : '',
    {
      role: asksForPath === false ? 'bad' : 'plain',
      children: [
        ...served.map(({ path, format }) => node(path, `${format} format`, { role: 'good' })),
        ...surfaces
          .filter((surface) => !surface.served)
          .map(({ path, because }) => node(path, `not by ${listed(because)}`, { role: 'dim' })),
      ],
    },
  );
}

function parameterNodes({ parameters }: Route): Node[] {
  if (parameters.length === 0) return [];
  const children = parameters.map(({ name, kind, value, place }) => {
    const how = kind === 'default' ? 'unless the client sets it' : 'whatever the client sets';
    return node(name, `${JSON.stringify(value)}, ${how}`, { id: `${kind} ${name}`, place });
  });
  return [node('parameters', '', { children })];
}

function guardNodes({ guardrails }: Route): Node[] {
  if (guardrails.length === 0) return [];
  const nodes = guardrails.map(({ name, mode, phases, rejects, place }) =>
    mode === 'enforce'
      ? node(name, `${listed(phases)}: rejects with ${rejects}`, { place })
      : node(name, `${listed(phases)}: only detects`, { role: 'warn', place }),
  );
  return [node('guarded by', '', { children: nodes })];
}

/** Each sentence once, with all guardrails that it is true of. */
function gapNodes(guardrails: Route['guardrails']): Node[] {
  const holders = new Map<string, string[]>();
  for (const { name, gaps } of guardrails) {
    for (const { statement } of gaps) holders.set(statement, [...(holders.get(statement) ?? []), name]);
  }
  if (holders.size === 0) return [];
  const children = [...holders].map(([statement, names]) =>
    node(listed(names), statement, { id: `gap ${statement}`, role: 'dim' }),
  );
  return [node('unguarded', 'what the guardrails do not see or do', { role: 'dim', children })];
}

function caseNodes({ cases }: Route): Node[] {
  const [only] = cases;
  if (cases.length === 1 && only !== undefined) return branchNodes(only.branches);
  return cases.map(({ when, place, branches }, index) =>
    node(`${index + 1}`, when === null ? 'otherwise' : `if ${conditionText(when)}`, {
      place,
      children: branchNodes(branches),
    }),
  );
}

function branchNodes(branches: Route['cases'][number]['branches']): Node[] {
  const [only] = branches;
  if (branches.length === 1 && only !== undefined) return branchNode(only);
  return branches.map((branch, index) =>
    node(`${branch.percent} %`, 'of the requests', {
      id: `branch ${index}`,
      role: 'dim',
      children: branchNode(branch),
    }),
  );
}

function branchNode({ targets, failover }: Route['cases'][number]['branches'][number]): Node[] {
  const nodes = targets.map((target, index) => targetNode(target, index, targets.length > 1));
  if (failover === null) return nodes;
  const { statuses, retries, backoff, cooldown } = failover;
  return [
    ...nodes,
    node('fails over', 'also on connection failures and attempt timeouts', {
      role: 'dim',
      children: [
        decidedNode('on', listed(statuses.value.map(String)), statuses),
        decidedNode('retries', String(retries.value), retries),
        decidedNode('backoff', backoff.value, backoff),
        decidedNode(
          'cooldown',
          `${cooldown.value}: how long a failed target is left alone, for every tenant`,
          cooldown,
        ),
      ],
    }),
  ];
}

function removedNodes({ removed }: Route): Node[] {
  return removed.map(({ provider, model, residency, place }, index) =>
    node('removed', `${provider}${model === null ? '' : ` ${model}`}: it is in ${residency}`, {
      id: `removed ${index}`,
      role: 'warn',
      place,
    }),
  );
}

function timeoutNode({ timeouts: { request, attempt } }: Route): Node {
  return node('timeouts', '', {
    children: [
      decidedNode('request', `${request.value}, all attempts together`, request),
      decidedNode('attempt', `${attempt.value}, until the answer begins`, attempt),
    ],
  });
}

function cachingNode({ promptCaching }: Route): Node[] {
  if (promptCaching === null) return [];
  const { minTokens, place } = promptCaching;
  const parts = (['system', 'messages', 'tools'] as const).filter((part) => promptCaching[part]);
  return [node('prompt caching', `${listed(parts)} from ${minTokens} tokens, on Bedrock`, { place })];
}

function priceKeys(route: Route): string[] {
  return [
    ...new Set(
      targetsOf(route).flatMap(({ priceKey, upstream }) => upstream.map(({ model }) => `${priceKey} / ${model}`)),
    ),
  ];
}

function conditionText({ maxTokensOver, promptCharactersOver, stream, tools, header }: When): string {
  const facts = [
    ...(header === undefined ? [] : [`header ${header.name} is "${header.equals}"`]),
    ...(tools === undefined ? [] : [tools ? 'it offers tools' : 'it offers no tools']),
    ...(promptCharactersOver === undefined ? [] : [`the prompt has over ${promptCharactersOver} characters`]),
    ...(maxTokensOver === undefined ? [] : [`it asks for over ${maxTokensOver} tokens`]),
    ...(stream === undefined ? [] : [stream ? 'it streams' : 'it does not stream']),
  ];
  return facts.join(' and ');
}
