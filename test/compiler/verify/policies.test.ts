import { describe, expect, it } from 'vitest';
import { backend, broken, brokenPart, brokenText, dev, lab, policy, told } from './broken.ts';

describe('the policy of limits', () => {
  const entry = (...path: (string | number)[]) => policy('limits', dev, 'remoteRateLimit', 'conditional', 0, ...path);

  it.each([
    ['counts nothing that was denied', ['condition'], 'metadata.rule != ""', /has condition/],
    [
      'counts minutes',
      ['descriptors', 0, 'limitOverride'],
      '{"unit": "hour", "requestsPerUnit": metadata.tenant.rpm}',
      /has descriptors/,
    ],
    [
      'sends the tokens of a day less one',
      ['descriptors', 1, 'limitOverride'],
      '{"unit": "day", "requestsPerUnit": metadata.tenant.tpd}',
      /has descriptors/,
    ],
    ['counts each tenant for itself', ['descriptors', 0, 'entries', 0, 'value'], '"all"', /has descriptors/],
    [
      'fails as the environment says',
      ['failureMode'],
      'failOpen',
      /has failureMode "failOpen" instead of "failClosed"/,
    ],
    ['asks the service', ['backend'], '/budget', /has backend "\/budget"/],
    [
      'asks for its own environment',
      ['domain'],
      'gatewright-prod',
      /has domain "gatewright-prod" instead of "gatewright-dev"/,
    ],
  ])('%s', (_, path, value, expected) => {
    const violations = told(broken(entry(...path), () => value));
    expect(violations).toMatch(expected);
    expect(violations).toMatch(/limits: .*Environment dev \(infra\/environments\/dev\.yaml\)/);
  });

  it('asks in the domain that the service knows', () => {
    expect(told(brokenText('ratelimit.json', (text) => text.replace('gatewright-dev', 'gatewright-lab')))).toMatch(
      /limits: ratelimit\.json: the service counts in "gatewright-lab", the gateway asks in "gatewright-dev"/,
    );
  });

  it("is the gateway's, in the route phase", () => {
    const at = policy('limits', dev).slice(0, -1);
    expect(told(broken([...at, 'phase'], () => 'gateway'))).toMatch(
      /policy limits is in phase gateway, where it is ignored/,
    );
    expect(told(broken([...at, 'target'], () => ({ route: { name: 'models' } })))).toMatch(
      /policy limits is for .*instead of the gateway/,
    );
    expect(told(broken(at, () => ({ name: { name: 'other' } })))).toMatch(/0 policies ask the rate limit service/);
  });
});

describe('local limits', () => {
  const entries = policy('limits', lab, 'localRateLimit', 'conditional');

  it('are exact for each active tenant', () => {
    expect(told(broken([...entries, 1, 'maxTokens'], () => 51, lab))).toMatch(
      /limits: .* instead of 50 a minute \(Tenant globex \(tenants\/globex\.yaml\)\)/,
    );
    expect(told(brokenPart([...entries, 0, 'condition'], '"acme"', '"paused"', lab))).toMatch(
      /counts where no limit is: .*"paused"/,
    );
    expect(told(broken([...entries, 2], () => ({ type: 'requests', maxTokens: 1 }), lab))).toMatch(
      /counts where no limit is/,
    );
  });

  it('are no more than the gateway loads', () => {
    const many = Array.from({ length: 64 }, (_, n) => ({ condition: `${n}`, type: 'requests' }));
    expect(told(broken(entries, () => many, lab))).toMatch(/policy limits has 64 entries; the gateway loads 63/);
  });
});

describe('the policy of budgets', () => {
  const entry = (...path: (string | number)[]) => policy('budget', dev, 'extAuthz', 'conditional', 0, ...path);

  it.each([
    ['asks for all that is served', ['condition'], 'metadata.rule == "base.sonnet"', /has condition/],
    ['shows no prompt', ['protocol', 'http', 'body'], 'string(request.body)', /has protocol/],
    ['shows no header', ['includeRequestHeaders'], ['cookie'], /has includeRequestHeaders/],
    ['marks an answer', ['protocol', 'http', 'metadata'], undefined, /has protocol/],
    ['believes an answer as long as it should', ['cache', 'ttl'], 'duration("70s")', /has cache/],
    ['believes an answer for one tenant', ['cache', 'key'], ['request.path'], /has cache/],
    ['lets its own refusals answer', ['failureMode'], 'deny', /has failureMode/],
  ])('%s', (_, path, value, expected) => {
    const violations = told(broken(entry(...path), () => value));
    expect(violations).toMatch(expected);
    expect(violations).toMatch(/budgets: .*policy budget has .*Environment dev/);
  });

  it('is asked over TLS', () => {
    expect(told(broken(backend('budget', 'policies', 'backendTLS'), () => undefined))).toMatch(
      /budgets: .*asked without TLS/,
    );
    expect(told(broken(backend('budget', 'policies', 'http'), () => ({})))).toMatch(
      /backends: .*backend budget has no deadline/,
    );
  });

  it('refuses in every format where the service does not answer', () => {
    const refusing = (...path: (string | number)[]) =>
      policy('budget-unanswered', dev, 'directResponse', 'conditional', ...path);
    expect(told(broken(refusing(1, 'condition'), () => 'false'))).toMatch(/lets requests pass unasked/);
    expect(told(broken(refusing(0, 'status'), () => 200))).toMatch(/lets requests pass unasked/);
    expect(told(broken(refusing(0, 'body'), () => 'sorry'))).toMatch(/in a form that a client does not read/);
  });

  it('refuses nobody for that where the environment allows', () => {
    const at = policy('limits', lab, 'directResponse');
    expect(told(broken(at, () => ({ conditional: [] }), lab))).toMatch(
      /1 policies answer while the budget service is down/,
    );
  });
});
