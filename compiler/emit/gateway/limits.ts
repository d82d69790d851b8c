import { type ClientFormat, type DecisionTable, isDenial } from '../../../contract/artifacts/decision-table.ts';
import { budgetPath } from '../../../contract/budget-service.ts';
import { sortedKeys } from '../../../contract/canonical.ts';
import { infraToken, releaseToken } from '../../../contract/tokens.ts';
import { budgetDeadline, rateLimitDeadline } from '../../resolve/enforcement.ts';
import type { Model } from '../../resolve/model.ts';
import { surfaces } from '../../table/surfaces.ts';
import { type Cel, literal } from './cel.ts';
import { served } from './decision.ts';
import { jsonError } from './errors.ts';
import type { GatewayObject } from './value.ts';

/** Domain of the rate limit service: counters of two environments never meet, also not in one service. */
export function rateLimitDomain(environment: string): string {
  return `gatewright-${environment}`;
}

/**
 * Limits and budgets as policies of the gateway in the route phase, once for all routes: on a route they would count a
 * tenant per rule. Denials of the table never reach them.
 */
export function gatewayPolicies(model: Model, table: DecisionTable): GatewayObject[] {
  const { limits, budgets } = model.environment.spec;
  return [
    ...(budgets === undefined ? [] : [policy('budget', { extAuthz: { conditional: [budget(budgets)] } })]),
    ...(budgets?.onFailure === 'reject'
      ? [
          policy('budget-unanswered', {
            directResponse: { conditional: [unanswered('anthropic'), unanswered('openai')] },
          }),
        ]
      : []),
    ...(limits?.backend === 'global' ? [policy('limits', { remoteRateLimit: remote(model, limits) })] : []),
    ...(limits?.backend === 'local' ? localLimits(table) : []),
  ];
}

function policy(name: string, value: GatewayObject): GatewayObject {
  return {
    name: { name, namespace: 'gatewright' },
    target: { gateway: { gatewayName: 'default', gatewayNamespace: 'default' } },
    phase: 'route',
    policy: value,
  };
}

type Budgets = NonNullable<Model['environment']['spec']['budgets']>;

/**
 * Only names leave: the body replaces the prompt, and of the client's headers only the content type goes along. The
 * answer leaves a mark; where it is missing, the service was not reached (see unanswered).
 */
function budget({ cacheSeconds }: Budgets): GatewayObject {
  const question = [
    '"tenant": metadata.tenant.id',
    '"model": metadata.model',
    '"client": metadata.client',
    '"path": request.path',
    `"release": ${literal(releaseToken)}`,
  ];
  return {
    condition: served,
    backend: '/budget',
    failureMode: 'allow',
    includeRequestHeaders: ['content-type'],
    protocol: {
      http: {
        path: literal(budgetPath),
        body: `toJson({${question.join(', ')}})`,
        addRequestHeaders: { ':method': literal('POST'), 'content-type': literal('application/json') },
        metadata: { answered: literal('yes') },
      },
    },
    ...(cacheSeconds === 0 ? {} : { cache: answerCache(cacheSeconds) }),
  };
}

/** The gateway's own denial would tell the client the transport error, as plain text. */
function unanswered(format: ClientFormat): GatewayObject {
  return {
    condition: `${served} && coalesce(extauthz.answered, "") != "yes" && ${asks(format)}`,
    status: 503,
    headers: { 'content-type': literal('application/json'), 'retry-after': literal('5') },
    body: JSON.stringify(
      jsonError(format, 503, 'the budget of this tenant cannot be checked right now', 'budget_unavailable'),
    ),
  };
}

/** Asked in this order: the paths of Anthropic's clients lie below the first of them, all others are OpenAI's. */
function asks(format: ClientFormat): Cel {
  if (format === 'openai') return 'true';
  const [first = ''] = sortedKeys(surfaces).filter((path) => surfaces[path]?.format === format);
  return `request.path.startsWith(${literal(first)})`;
}

function answerCache(seconds: number): GatewayObject {
  return {
    key: ['metadata.tenant.id', 'metadata.model', 'request.path'],
    ttl: `duration("${seconds}s")`,
    maxEntries: 10_000,
  };
}

type GlobalLimits = Extract<NonNullable<Model['environment']['spec']['limits']>, { readonly backend: 'global' }>;

/**
 * One key per unit, because the service's counters do not know the unit. A tenant without a limit has no such field in
 * its row; the override then fails and the descriptor is dropped. Tokens are checked with no hits, which passes while
 * used = limit: the limit is sent less one.
 */
function remote({ environment }: Model, { onFailure }: GlobalLimits): GatewayObject {
  const entries = (key: string) => [{ key, value: 'metadata.tenant.id' }];
  return {
    conditional: [
      {
        condition: served,
        domain: rateLimitDomain(environment.name),
        backend: '/ratelimit',
        failureMode: onFailure === 'allow' ? 'failOpen' : 'failClosed',
        descriptors: [
          {
            type: 'requests',
            entries: entries('tenant_rpm'),
            limitOverride: '{"unit": "minute", "requestsPerUnit": metadata.tenant.rpm}',
          },
          {
            type: 'tokens',
            entries: entries('tenant_tpd'),
            limitOverride: '{"unit": "day", "requestsPerUnit": metadata.tenant.tpd - 1}',
          },
        ],
      },
    ],
  };
}

/** A bucket per tenant: the gateway has no key for local limits. How many it takes is checked (limits/capacity). */
function localLimits(table: DecisionTable): GatewayObject[] {
  const conditional = sortedKeys(table.tenants).flatMap((name): GatewayObject[] => {
    const tenant = table.tenants[name];
    const limit = tenant?.limits.requestsPerMinute;
    if (tenant === undefined || limit === undefined || limit === null || isDenial(tenant.class)) return [];
    return [
      {
        condition: `${served} && metadata.tenant.id == ${literal(name)}`,
        type: 'requests',
        maxTokens: limit,
        tokensPerFill: limit,
        fillInterval: '60s',
      },
    ];
  });
  return conditional.length === 0 ? [] : [policy('limits', { localRateLimit: { conditional } })];
}

/** Services that the policies ask. Without a deadline of its own the gateway would wait for ever. */
export function serviceBackends({ environment: { spec } }: Model): GatewayObject[] {
  const budgetService: GatewayObject = {
    name: 'budget',
    host: infraToken('budgetHost'),
    policies: { backendTLS: {}, http: { requestTimeout: budgetDeadline } },
  };
  const rateLimitService: GatewayObject = {
    name: 'ratelimit',
    host: infraToken('rateLimitHost'),
    policies: { http: { requestTimeout: rateLimitDeadline } },
  };
  return [
    ...(spec.budgets === undefined ? [] : [budgetService]),
    ...(spec.limits?.backend === 'global' ? [rateLimitService] : []),
  ];
}
