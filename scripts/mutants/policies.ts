import { type Mutant, mutantsOf } from './mutant.ts';

export const policyMutants: readonly Mutant[] = [
  ...mutantsOf('compiler/emit/gateway/guards.ts', {
    'the first guardrail is dropped': [
      'const request = guardrails.flatMap(',
      'const request = guardrails.slice(1).flatMap(',
    ],
    'guards are in the wrong order': [
      'const request = guardrails.flatMap(',
      'const request = [...guardrails].reverse().flatMap(',
    ],
    'answers are not guarded': ['...(response.length === 0 ? {} : { response }),', ''],
    'streams are not guarded': ["...(streaming ? { streaming: 'Enabled' } : {}),", ''],
    'every pattern masks': ['regex: { action, rules }', "regex: { action: 'mask', rules }"],
    'one pattern of a run is lost': ['last.rules.push(rule)', 'void rule'],
    'patterns in detect mode act': [
      "...(spec.mode === 'enforce' ? patternGuards(spec.patterns, rejection) : [])",
      '...patternGuards(spec.patterns, rejection)',
    ],
    'a Bedrock guardrail is dropped': ['spec.bedrock === undefined ? []', 'spec ? []'],
    'a webhook is asked without TLS': ['policies: { backendTLS: {}, http', 'policies: { http'],
    'a webhook that is down lets pass': ["webhook.onFailure === 'allow' ? 'failOpen'", "webhook ? 'failOpen'"],
    'a webhook is asked at the wrong path': [`\`\${pathname}/\${phase}\``, `\`/\${phase}\``],
    'a rejection has no content type': ["headers: { set: { 'content-type': 'application/json' } },", ''],
  }),
  ...mutantsOf('compiler/emit/gateway/limits.ts', {
    'tokens a day are not less one': ['metadata.tenant.tpd - 1', 'metadata.tenant.tpd'],
    'requests are counted by the day': ['"unit": "minute"', '"unit": "day"'],
    'policies are in the gateway phase': ["phase: 'route'", "phase: 'gateway'"],
    'the prompt goes to the budget service': ['\'"path": request.path\'', '\'"path": request.body\''],
    'the budget is asked with headers of the client': [
      "includeRequestHeaders: ['content-type']",
      "includeRequestHeaders: ['content-type', 'cookie']",
    ],
    'a budget service that is down lets pass': ["budgets?.onFailure === 'reject'", "budgets?.onFailure === 'allow'"],
    'an answer about a budget leaves no mark': ["metadata: { answered: literal('yes') },", ''],
    'one format has no answer when the budget has none': [
      "[unanswered('anthropic'), unanswered('openai')]",
      "[unanswered('anthropic')]",
    ],
    'answers about budgets are shared': [
      "key: ['metadata.tenant.id', 'metadata.model', 'request.path']",
      "key: ['metadata.model', 'request.path']",
    ],
    'the budget is asked without TLS': ['policies: { backendTLS: {}, http', 'policies: { http'],
    'the rate limit service has no deadline': [
      'policies: { http: { requestTimeout: rateLimitDeadline } }',
      'policies: {}',
    ],
    'a local limit is one more': ['maxTokens: limit', 'maxTokens: limit + 1'],
    'one tenant has no local limit': [
      'const conditional = sortedKeys(table.tenants).flatMap(',
      'const conditional = sortedKeys(table.tenants).slice(1).flatMap(',
    ],
    'budgets are asked where none are': ['...(budgets === undefined ? [] :', '...(budgets !== undefined ? [] :'],
  }),
];
