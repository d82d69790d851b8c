import { type Mutant, mutantsOf } from './mutant.ts';

export const routeMutants: readonly Mutant[] = [
  ...mutantsOf('compiler/emit/gateway/routes.ts', {
    'cases tie in the wrong order': ["String(index).padStart(2, '0')", "String(15 - index).padStart(2, '0')"],
    'cases have no order': [`-\${String(index).padStart(2, '0')}\${suffix}`, `\${suffix}`],
    'conditions reach the provider': ['remove: internalHeaders', 'remove: [ruleHeader]'],
    'a share is off by one': ['weight: branch.weight', 'weight: branch.weight + 1'],
    'instructions are not guarded': [', ...guardedInstructions(guard)', ''],
    'streams may be free': ['{ stream_options: streamUsage }', '{}'],
    'answers may come later': ['background: noBackground, ', ''],
    'one retry less': ['attempts: retry.retries', 'attempts: retry.retries - 1'],
    'one status is not retried': ['codes: retry.statuses', 'codes: retry.statuses.slice(1)'],
    'retries do not wait': ['backoff: retry.backoff, ', ''],
    'timeouts are swapped': [
      'requestTimeout: rule.timeouts.request, backendRequestTimeout: rule.timeouts.attempt',
      'requestTimeout: rule.timeouts.attempt, backendRequestTimeout: rule.timeouts.request',
    ],
    'overrides are defaults': ['{ overrides }', '{ defaults: overrides }'],
    'a cache point too many': ['cacheTools: caching.tools', 'cacheTools: !caching.tools'],
    'Messages clients are not guarded': [
      'guard: promptGuard(rule, model, format)',
      "guard: format === 'openai' ? promptGuard(rule, model, format) : {}",
    ],
    'rejections are all in one format': [
      'guard: promptGuard(rule, model, format)',
      "guard: promptGuard(rule, model, 'openai')",
    ],
    'references have no slash': [`\`/\${backendName(branch)}\``, 'backendName(branch)'],
    'routes take only POST': [
      '({ path: { exact: path }, headers })',
      "({ path: { exact: path }, method: 'POST', headers })",
    ],
    'routes ignore their condition': ["value: { exact: '1' }", "value: { exact: '0' }"],
    'paths are prefixes': ['({ path: { exact: path }, headers })', '({ path: { pathPrefix: path }, headers })'],
    'a path is taken for chat': ["surfaces[path]?.routeType ?? '']", "'completions']"],
  }),
  ...mutantsOf('compiler/emit/gateway/backends.ts', {
    'targets are tried in the wrong order': [
      'groups: branch.targets.map(',
      'groups: [...branch.targets].reverse().map(',
    ],
    'a failed target is not left alone': ['branch.unhealthy === null ? {}', 'branch ? {}'],
    'a failed connection is healthy': ['[...unhealthy.statuses, 599]', '[...unhealthy.statuses]'],
    'a pinned host is asked without TLS': ['policies: { backendTLS: {}, ...keyPolicies', 'policies: { ...keyPolicies'],
    'a pinned host speaks one format only': ['spec.formats.map(', 'spec.formats.slice(0, 1).map('],
    'another region is called': ['bedrock: { region: spec.region', "bedrock: { region: 'us-east-2'"],
    'backends of other targets share a name': ['[t.provider, t.model]', '[t.provider]'],
  }),
  ...mutantsOf('compiler/emit/gateway/denials.ts', {
    'Anthropic clients get no denials': [
      'clientFormats.flatMap((format) =>',
      'clientFormats.slice(0, 1).flatMap((format) =>',
    ],
    'denials are in the other format': [
      "return format === 'openai'\n    ? `toJson",
      "return format !== 'openai'\n    ? `toJson",
    ],
  }),
  ...mutantsOf('compiler/emit/gateway/config.ts', {
    'authentication is optional': ["mode: 'strict'", "mode: 'optional'"],
    'tokens need no end': ["requiredClaims: ['exp', 'iss']", "requiredClaims: ['iss']"],
    'keys of clients reach providers': ['remove: clientHeaders', "remove: ['cookie']"],
    'the decision is not set': ["[ruleHeader]: 'metadata.rule',", ''],
    'queries reach the provider': ["':path': 'request.path',", ''],
    'conditions are not set': ['...Object.fromEntries(conditionHeaders(table.data)),', ''],
    'a limit does not say when to come back': ["'retry-after': retryAfter,", ''],
    'bodies have another limit': ['maxBufferSize: environment.gateway.maxBodyBytes', 'maxBufferSize: 2_097_152'],
  }),
  ...mutantsOf('compiler/emit/gateway/catalogue.ts', {
    'prices lack their tiers': ['...tiers(row)', ''],
    'prices are numbers': [
      'Object.fromEntries(Object.entries(rates))',
      'Object.fromEntries(Object.entries(rates).map(([k, v]) => [k, Number(v)]))',
    ],
  }),
  ...mutantsOf('compiler/emit/gateway/access-log.ts', {
    'the log has a field that nobody knows': [
      'Object.entries(logFields).map(',
      `[...Object.entries(logFields), ['gw.agent', { cel: 'request.headers["user-agent"]' }]].map(`,
    ],
    'the log has a field less': ['Object.entries(logFields).map(', 'Object.entries(logFields).slice(1).map('],
  }),
];
