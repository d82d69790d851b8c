import type { Enforcement, Present } from '../explanation.ts';
import { amount, grouped } from '../numbers.ts';
import { decidedNode, type Node, node } from './branch.ts';
import { enforcementNodes, listed } from './words.ts';

/** Who the tenant is in an environment, and what it may spend. */
export function standingNodes(present: Present): Node[] {
  const { status, tier, residency, routing, guardrails } = present;
  const chain = routing.extends.map(({ profile, place }) =>
    node('extends', profile, { id: `extends ${profile}`, place }),
  );
  return [
    decidedNode('status', status.value, status, {
      role: status.value === 'active' ? (status.layer === 'default' ? 'dim' : 'good') : 'bad',
      children: [
        ...refusalNodes(present),
        ...status.becomes.map(({ on, event, place }) =>
          node(event === 'retires' ? 'retires' : 'deletable', on, { role: 'warn', place }),
        ),
      ],
    }),
    decidedNode('tier', tier.value, tier),
    decidedNode('residency', residency.value === null ? 'anywhere' : listed(residency.value), residency),
    decidedNode('routing', routing.value, routing, { children: chain }),
    node('guardrails', guardrails.length === 0 ? 'none' : '', {
      role: guardrails.length === 0 ? 'warn' : 'plain',
      children: guardrails.flatMap(({ name, mode, demandedBy }, index) =>
        demandedBy.map(({ layer, place }, at) =>
          at === 0
            ? decidedNode(
                `${index + 1} ${name}`,
                mode ?? 'there is no such guardrail',
                { layer, place },
                { id: name, role: mode === 'enforce' ? 'good' : 'warn' },
              )
            : decidedNode('', 'also', { layer, place }, { id: `${name} also`, role: 'dim' }),
        ),
      ),
    }),
  ];
}

function refusalNodes({ refusesAll }: Present): Node[] {
  if (refusesAll === null) return [];
  const { status, code, sentence } = refusesAll;
  return [node('every request', `${status} ${code}: ${sentence}`, { role: 'bad' })];
}

export function limitNodes({ limits }: Present, detail: boolean): Node[] {
  const of = (label: string, limit: Present['limits']['requestsPerMinute']): Node => {
    const text = limit.value === null ? 'no limit' : grouped(limit.value);
    const ceiling = limit.ceiling;
    const children = [
      ...(ceiling === null
        ? []
        : [
            node(
              'ceiling',
              `${grouped(ceiling.value)}, ${headroom(ceiling.headroom < 0, grouped(Math.abs(ceiling.headroom)))}`,
              { place: ceiling.place, layer: 'tier' },
            ),
          ]),
      ...enforcementNodes(limit.enforcement, detail),
    ];
    return decidedNode(label, text, limit, { children });
  };
  return [
    node('limits', '', {
      children: [of('requests per minute', limits.requestsPerMinute), of('tokens per day', limits.tokensPerDay)],
    }),
  ];
}

function headroom(isAbove: boolean, difference: string): string {
  return isAbove ? `${difference} above it` : `${difference} left`;
}

export function budgetNodes({ budget }: Present, detail: boolean, only?: string): Node[] {
  const { monthlyUsd, timezone, alertsAtPercent, onExceeded, models } = budget;
  const { ceiling } = monthlyUsd;
  const perModel = only === undefined ? models : models.filter(({ model }) => model === only);
  const below = [
    ...(ceiling === null
      ? []
      : [
          node(
            'ceiling',
            `${amount(ceiling.value)}, ${headroom(ceiling.headroom.startsWith('-'), amount(ceiling.headroom.replace('-', '')))}`,
            { place: ceiling.place, layer: 'tier' },
          ),
        ]),
    ...enforcementNodes(monthlyUsd.enforcement, detail),
  ];
  return [
    node('budget', '', {
      children: [
        decidedNode('a month', monthlyUsd.value === null ? 'no budget' : amount(monthlyUsd.value), monthlyUsd, {
          children: below,
        }),
        decidedNode('when exceeded', onExceeded.value, onExceeded),
        decidedNode('months of', timezone.value, timezone),
        decidedNode(
          'alerts',
          alertsAtPercent.value.length === 0 ? 'none' : listed(alertsAtPercent.value.map((percent) => `${percent} %`)),
          alertsAtPercent,
        ),
        ...perModel.map(({ model, monthlyUsd: own, enforcement }) =>
          decidedNode(model, amount(own.value), own, {
            id: `model ${model}`,
            children: sameAs(monthlyUsd.enforcement, enforcement, detail),
          }),
        ),
      ],
    }),
  ];
}

/** Budgets of models are mostly enforced as the whole: then it is not said again. */
function sameAs(whole: Enforcement | null, own: Enforcement, detail: boolean): Node[] {
  return JSON.stringify(whole) === JSON.stringify(own) ? [] : enforcementNodes(own, detail);
}

export function accessNodes({ clients, people }: Present): Node[] {
  return [
    ...(clients.length === 0 ? [] : [node('app clients', '', { children: clients.map(clientNode) })]),
    ...(people.groups.length === 0 ? [] : [node('people', '', { children: peopleNodes(people) })]),
  ];
}

function clientNode(client: Present['clients'][number]): Node {
  const { name, scopes, mayInvoke, accessTokenMinutes, cognitoName, secret, place } = client;
  return node(name, mayInvoke ? '' : '403: its tokens lack the invoke scope', {
    role: 'bad',
    place,
    children: [
      ...scopes.value.map((scope) =>
        node('scope', scope, { id: `scope ${scope.slice(scope.lastIndexOf('/'))}`, place: scopes.place }),
      ),
      decidedNode('access tokens', `${accessTokenMinutes.value} minutes`, accessTokenMinutes),
      node('in Cognito', cognitoName),
      node('secret', secret),
    ],
  });
}

function peopleNodes({ groups, client }: Present['people']): Node[] {
  const members = groups.map(({ name, place }) => node('group', name, { id: `group ${name}`, place }));
  if (client === null) return members;
  const { cognitoName, accessTokenMinutes, tenantClaim, place } = client;
  const how = `${cognitoName}, ${accessTokenMinutes} minutes, tenant in claim ${tenantClaim}`;
  return [...members, node('sign in by', how, { place })];
}
