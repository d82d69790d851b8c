import { describe, expect, it } from 'vitest';
import { valueAt } from '../effect/mutations.ts';
import { backend, backendOf, broken, brokenPart, dev, route, told } from './broken.ts';

const guarded = 'base.sonnet.g-694b73.r-eu-00.openai';
const set = ['gateways', 'default', 'transformations', 'request', 'set'];

describe('a rule', () => {
  it('is served on each path that all its targets can serve', () => {
    const elsewhere = told(broken(route('base.sonnet-00', 'matches', 0, 'path', 'exact'), () => '/v1/responses'));
    expect(elsewhere).toMatch(
      /rules: .*rule base\.sonnet is served on \/v1\/responses, which not all of its targets can serve/,
    );
    expect(elsewhere).toMatch(
      /rules: .*0 routes serve rule base\.sonnet on \/v1\/chat\/completions instead of 1 \(Tenant acme/,
    );
  });

  it('is reached by somebody', () => {
    const name = route('base.vectors-00', 'matches', 0, 'headers', 0, 'value', 'exact');
    expect(told(broken(name, () => 'base.other'))).toMatch(
      /rules: .*routes serve base\.other, a rule that no tenant reaches/,
    );
  });

  it.each([
    [
      'timeouts',
      ['timeout', 'backendRequestTimeout'],
      '120s',
      /has timeout .*"backendRequestTimeout":"120s".* instead of/,
    ],
    ['retries', ['retry', 'attempts'], 2, /has retry \{"attempts":2/],
    ['statuses', ['retry', 'codes'], [429], /has retry .*\[429\]\} instead of .*\[429,500,502,503,504,529\]/],
    ['backoff', ['retry', 'backoff'], undefined, /has retry/],
    ['route types', ['ai', 'routes', '/v1/messages'], 'completions', /has ai\.routes/],
    ['route types at all', ['ai', 'routes'], undefined, /has ai\.routes nothing/],
    ['cache points', ['ai', 'promptCaching', 'minTokens'], 1, /has ai\.promptCaching/],
    [
      'defaults',
      ['ai', 'defaults'],
      { temperature: 1 },
      /has ai\.defaults \{"temperature":1\} instead of \{"temperature":0\.2\}/,
    ],
    ['overrides', ['ai', 'overrides'], undefined, /has ai\.overrides \{\} instead of \{"store":false\}/],
  ])('has its %s', (_, path, value, expected) => {
    const violations = told(broken(route('base.sonnet-00', 'policies', ...path), () => value));
    expect(violations).toMatch(expected);
    expect(violations).toMatch(/rules: .*route base\.sonnet-00 has .*Tenant acme.*routing\/profiles\/base\.yaml/);
  });

  it('splits by exact shares', () => {
    expect(told(broken(route('base.split-00', 'backends', 0, 'weight'), () => 71))).toMatch(
      /route base\.split-00 splits \[71,30\] instead of \[70,30\]/,
    );
  });

  it('tries cases in order, each under its own condition', () => {
    const [first, second] = [0, 1].map((n) =>
      String(valueAt(dev.gateway, route(`base.auto-0${n}`, 'matches', 0, 'headers', 1, 'name'))),
    );
    expect(told(broken(route('base.auto-00', 'matches', 0, 'headers', 1, 'name'), () => second))).toMatch(
      /route base\.auto-00 on \/v1\/chat\/completions is taken when .*max_tokens.*, not when \{"stream":true\}/,
    );
    expect(told(broken([...set, first ?? ''], (cel) => `!${cel}`))).toMatch(/route base\.auto-00 .* is taken when !/);
    expect(told(brokenPart([...set, second ?? ''], '> 4000', '>= 4000'))).toMatch(/not when \{"maxTokensOver":4000\}/);
    expect(
      told(broken(route('base.auto-02', 'matches', 1, 'headers', 1), () => ({ name: first, value: { exact: '1' } }))),
    ).toMatch(/route base\.auto-02 on \/v1\/messages (has a condition where everything is taken|is taken)/);
  });

  it('loses no case to the order of names', () => {
    expect(told(broken(route('base.auto-00', 'name'), () => 'base.auto-05'))).toMatch(
      /rules: .*base\.auto-01 .* not when \{"stream":true\}/,
    );
  });
});

describe('a backend', () => {
  it.each([
    ['exists', ['name'], 'b-other', /goes to \/b-.*, which does not exist/],
    [
      'tries targets in order',
      ['ai', 'groups', 0, 'providers', 0, 'name'],
      'anthropic',
      /tries anthropic as target 1 instead of bedrock-eu/,
    ],
    [
      'calls the upstream model',
      ['ai', 'groups', 1, 'providers', 0, 'provider', 'anthropic', 'model'],
      'claude-haiku',
      /calls target 2 as .*claude-haiku.* instead of .*claude-sonnet.* \(Provider anthropic \(routing\/providers\/anthropic\.yaml\)\)/,
    ],
    [
      'calls its region',
      ['ai', 'groups', 0, 'providers', 0, 'provider', 'bedrock', 'region'],
      'us-east-1',
      /calls target 1 as .*us-east-1.* instead of .*eu-central-1/,
    ],
    [
      'has the key of its own provider',
      ['ai', 'groups', 1, 'providers', 0, 'policies', 'backendAuth', 'key'],
      '${' + 'GW_SECRET_PINNED_KEY}',
      /calls target 2 as .*@\{secret:pinned-key\}/,
    ],
    ['has no target more', ['ai', 'groups', 2], { providers: [] }, /has 3 groups of providers instead of 2/],
    ['leaves a failed target alone', ['policies', 'health', 'eviction', 'duration'], '3s', /has health .* instead of /],
    [
      'counts a failed connection as failure',
      ['policies', 'health', 'unhealthyExpression'],
      'response.code >= 500',
      /has health/,
    ],
    ['has no policy more', ['policies', 'ai'], {}, /has a policy ai/],
  ])('%s', (_, path, value, expected) => {
    expect(told(broken(backendOf('base.sonnet-00', ...path), () => value))).toMatch(expected);
  });

  it('calls a pinned host over TLS, and no other', () => {
    const entry = ['ai', 'groups', 0, 'providers', 0];
    expect(told(broken(backendOf('base.lane-00', ...entry, 'policies', 'backendTLS'), () => undefined))).toMatch(
      /calls target 1 as/,
    );
    expect(told(broken(backendOf('base.lane-00', ...entry, 'hostOverride'), () => 'models.example:80'))).toMatch(
      /calls target 1 as/,
    );
    expect(told(broken(backendOf('base.lane-00', ...entry, 'provider', 'custom', 'formats'), () => []))).toMatch(
      /calls target 1 as/,
    );
  });

  it('watches health where it has another group', () => {
    expect(told(broken(backendOf('base.sonnet-00', 'policies'), () => undefined))).toMatch(
      /backends: .*several groups but no health policy: it would never fail over/,
    );
  });
});

describe('a guard', () => {
  const guards = ['policies', 'ai', 'promptGuard'];
  const guard = (...path: (string | number)[]) => route(guarded, ...guards, ...path);

  it.each([
    ['is there', ['request'], [], /request guard 1 is missing instead of reject pattern/],
    [
      'is one that the verifier knows',
      ['request', 0],
      { openAIModeration: {} },
      /request guard 1 is unknown openAIModeration/,
    ],
    [
      'has its action',
      ['request', 0, 'regex', 'action'],
      'mask',
      /request guard 1 is mask pattern .* instead of reject/,
    ],
    [
      'has its pattern',
      ['request', 0, 'regex', 'rules', 0, 'pattern'],
      'BKIA',
      /request guard 1 is reject pattern "BKIA"/,
    ],
    [
      'has its builtin',
      ['request', 1, 'regex', 'rules', 0, 'builtin'],
      'ssn',
      /request guard 2 is mask builtin ssn instead of mask builtin email/,
    ],
    [
      'has its status',
      ['response', 0, 'rejection', 'status'],
      403,
      /response guard 1 is .* with 403 openai "not here" instead of .* with 422/,
    ],
    [
      'speaks the format of its clients',
      ['request', 0, 'rejection', 'body'],
      '{"type":"error","error":{"type":"x","message":"not here"}}',
      /with 422 anthropic .* instead of .* with 422 openai/,
    ],
    [
      'says what its answer is',
      ['request', 0, 'rejection', 'headers'],
      undefined,
      /an answer that no openai client reads/,
    ],
    [
      'has the published version',
      ['request', 2, 'bedrockGuardrails', 'guardrailVersion'],
      'DRAFT',
      /request guard 3 is Bedrock @\{guardrail:strict\/id\} DRAFT/,
    ],
    [
      'asks where it should',
      ['request', 3, 'webhook', 'headers', ':path'],
      '"/request"',
      /request guard 4 is webhook https:\/\/guard\.example:443\/request within/,
    ],
    ['fails closed', ['request', 3, 'webhook', 'failureMode'], 'failOpen', /failOpen .* instead of .*failClosed/],
    [
      'tells nothing of the client',
      ['request', 3, 'webhook', 'headers', 'authorization'],
      'request.headers["authorization"]',
      /told .*request\.headers/,
    ],
    [
      'is no more than was asked for',
      ['request', 4],
      { regex: { action: 'mask', rules: [{ builtin: 'ssn' }] } },
      /request guard 5 is mask builtin ssn, which nobody asked for/,
    ],
    ['cuts streams', ['streaming'], undefined, /has guards of streams nothing instead of "Enabled"/],
  ])('%s', (_, path, value, expected) => {
    const violations = told(broken(guard(...path), () => value));
    expect(violations).toMatch(expected);
    expect(violations).toMatch(/rules: .*Tenant globex \(tenants\/globex\.yaml\)/);
  });

  it('is asked over TLS and with its deadline', () => {
    expect(told(broken(backend('guard-strict', 'policies', 'backendTLS'), () => undefined))).toMatch(
      /is webhook http:.* instead of webhook https:/,
    );
    expect(told(broken(backend('guard-strict', 'policies', 'http', 'requestTimeout'), () => '9s'))).toMatch(
      /within 9s .* instead of .*within 2s/,
    );
  });

  it('reads the instructions of Responses clients', () => {
    expect(told(broken(route(guarded, 'policies', 'ai', 'transformations'), () => undefined))).toMatch(
      /has ai\.transformations nothing/,
    );
  });

  it('is on no route that nobody asked it on', () => {
    const promptGuard = valueAt(dev.gateway, guard());
    expect(told(broken(route('base.split-00', 'policies', 'ai', 'promptGuard'), () => promptGuard))).toMatch(
      /route base\.split-00: request guard 1 is reject .*, which nobody asked for \(.*Tenant acme/,
    );
  });
});
