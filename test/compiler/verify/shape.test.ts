import { describe, expect, it } from 'vitest';
import { valueAt } from '../effect/mutations.ts';
import { backend, broken, brokenPart, brokenText, dev, route, told } from './broken.ts';

const gateway = ['gateways', 'default'];
const request = [...gateway, 'transformations', 'request'];

describe('dollar signs', () => {
  it('are doubled', () => {
    expect(told(brokenText('agentgateway.json', (text) => text.replace('CC-$$', () => 'CC-$')))).toMatch(
      /dollars: .*a single dollar sign would be expanded by the gateway: .*CC-\$1/,
    );
  });

  it('refer to what the task sets, and to nothing else', () => {
    const other = (text: string) => text.replaceAll('GW_SECRET_PINNED_KEY', 'HOME');
    expect(told(brokenText('agentgateway.json', other))).toMatch(/dollars: .*\$\{HOME\} is not set in the task/);
    expect(told(brokenText('task.json', other))).toMatch(
      /dollars: .*\$\{GW_SECRET_PINNED_KEY\} is not set in the task/,
    );
  });
});

describe('the gateway phase', () => {
  it.each([
    ['asks for a token', [...gateway, 'jwtAuth', 'mode'], 'optional', /jwtAuth is not strict/],
    ['has authentication at all', [...gateway, 'jwtAuth'], undefined, /jwtAuth is not strict/],
    ['takes no token without an end', [...gateway, 'jwtAuth', 'jwtValidationOptions'], {}, /takes tokens without exp/],
    ['believes one issuer', [...gateway, 'jwtAuth', 'issuer'], 'https://other.example', /believes another issuer/],
    [
      'asks for no audience, which access tokens lack',
      [...gateway, 'jwtAuth', 'audiences'],
      ['a'],
      /jwtAuth has audiences/,
    ],
    [
      'has only policies that it runs',
      [...gateway, 'localRateLimit'],
      [],
      /gateway default has jwtAuth, localRateLimit/,
    ],
    ['has only its two ports', ['gateways', 'more'], { port: 1 }, /gateway more has port/],
    [
      'listens where it should',
      [...gateway, 'port'],
      4000,
      /gateways\.default\.port is 4000 instead of 8080 \(Environment dev/,
    ],
    [
      'reads as much as it should',
      ['frontendPolicies', 'http', 'maxBufferSize'],
      1,
      /maxBufferSize is 1 instead of 1048576/,
    ],
    [
      'sets the decision',
      [...request, 'set', 'x-gw-rule'],
      'request.headers["x-gw-rule"]',
      /x-gw-rule is ".*" instead of metadata\.rule/,
    ],
    [
      'sets no header of others',
      [...request, 'set', 'authorization'],
      '"x"',
      /sets authorization, which is no header of its own/,
    ],
    [
      'removes what clients bring along',
      [...request, 'remove'],
      ['cookie'],
      /a client's x-api-key reaches the provider/,
    ],
    ['does nothing else to a request', [...request, 'body'], '""', /transformations\.request has body/],
    ['marks answers', [...gateway, 'transformations', 'response'], {}, /answers carry/],
  ])('%s', (_, path, value, expected) => {
    expect(told(broken(path, () => value))).toMatch(expected);
  });

  it('keeps what it decides by', () => {
    expect(told(broken([...request, 'remove'], (names) => [...(names as string[]), 'x-gw-rule']))).toMatch(
      /gateways: .*the gateway removes x-gw-rule, by which it decides/,
    );
  });
});

describe('a route', () => {
  it.each([
    [
      'has a name of its own',
      ['name'],
      'base.split-00',
      /two routes are named default\/base\.split-00; the gateway keeps one/,
    ],
    [
      'has exact paths',
      ['matches', 0, 'path'],
      { pathPrefix: '/v1' },
      /route default\/base\.sonnet-00 matches no exact path/,
    ],
    ['has no method', ['matches', 0, 'method'], 'POST', /has a method, which outranks every denial/],
    ['has paths', ['matches'], [], /route default\/base\.sonnet-00 takes every path/],
    ['has paths at all', ['matches'], undefined, /route default\/base\.sonnet-00 takes every path/],
    [
      'keeps the decision from providers',
      ['policies', 'requestHeaderModifier', 'remove'],
      ['x-gw-rule'],
      /sends x-gw-when-.* to the provider/,
    ],
    [
      'matches on what no client can set',
      ['matches', 0, 'headers', 1],
      { name: 'x-plan', value: { exact: 'a' } },
      /matches on x-plan, which a client may set/,
    ],
    ['goes somewhere', ['backends'], undefined, /has neither backends nor an answer/],
    [
      'names backends with a slash',
      ['backends', 0, 'backend'],
      'b-1',
      /backends: .*base\.sonnet-00.* names backend b-1, which does not exist/,
    ],
  ])('%s', (_, path, value, expected) => {
    expect(told(broken(route('base.sonnet-00', ...path), () => value))).toMatch(expected);
  });

  it.each([
    ['policies', ['policies', 'localRateLimit'], /fields: .*nobody asked for routes\.\d+\.policies\.localRateLimit/],
    [
      'rewriting',
      ['policies', 'ai', 'modelAliases'],
      /fields: .*nobody asked for routes\.\d+\.policies\.ai\.modelAliases/,
    ],
    ['policies of its backends', ['backends', 0, 'policies'], /nobody asked for routes\.\d+\.backends\.0\.policies/],
  ])('has no other %s', (_, path, expected) => {
    expect(told(broken(route('base.sonnet-00', ...path), () => ({})))).toMatch(expected);
  });

  it('ties with none but another case of its rule, in their order', () => {
    const headers = valueAt(dev.gateway, route('base.auto-00', 'matches', 0, 'headers'));
    const alike = told(broken(route('base.auto-01', 'matches', 0, 'headers'), () => headers));
    expect(alike).toMatch(/rules: .*route base\.auto-01.* is taken when/);
    expect(alike).not.toMatch(/tie on/);
    expect(told(broken(route('base.auto-01', 'name'), () => 'base.auto-second'))).toMatch(/routes: .*tie on/);
  });

  it('of the ops port says the release', () => {
    expect(told(broken(route('ops-release', 'policies', 'directResponse', 'body'), () => 'config'))).toMatch(
      /says more than the release/,
    );
    expect(told(broken(route('deny.not-found', 'gateways'), () => 'ops'))).toMatch(
      /ops\/deny\.not-found says more than the release/,
    );
  });
});

describe('denials', () => {
  it.each(['token', 'tenant', 'suspended', 'limit', 'json', 'large', 'model', 'blocked'])(
    'of %s are on every path',
    (name) => {
      const moved = told(broken(route(`deny.${name}.anthropic`, 'matches', 0, 'path', 'exact'), () => '/v1/elsewhere'));
      expect(moved).toMatch(new RegExp(`denials: .*0 routes answer !${name} on /v1/messages`));
      const body = ['policies', 'directResponse', 'bodyExpression'];
      const swapped = valueAt(dev.gateway, route(`deny.${name}.openai`, ...body));
      expect(told(broken(route(`deny.${name}.anthropic`, ...body), () => swapped))).toMatch(
        /in a form that no anthropic client reads/,
      );
      expect(told(broken(route(`deny.${name}.openai`, 'policies', 'directResponse', 'status'), () => 200))).toMatch(
        /with 200 instead of/,
      );
    },
  );

  it('answer what no other route takes', () => {
    const at = route('deny.unsupported.openai', 'matches', 0, 'headers');
    expect(told(broken(at, () => [{ name: 'x-gw-rule', value: { exact: 'x' } }]))).toMatch(
      /0 routes answer what no other route takes on/,
    );
    expect(told(broken(route('deny.not-found', 'matches'), () => [{ path: { exact: '/' } }]))).toMatch(
      /0 routes answer what is no path at all/,
    );
  });

  it('leave the list of models to who was let in', () => {
    expect(told(broken(route('models', 'matches', 0, 'headers'), () => []))).toMatch(
      /denials: .*0 routes answer GET \/v1\/models/,
    );
    expect(told(broken(route('models', 'matches', 0, 'method'), () => undefined))).toMatch(
      /denials: .*0 routes answer GET \/v1\/models/,
    );
  });
});

describe('backends', () => {
  it('have one name each, and are named', () => {
    const first = valueAt(dev.gateway, ['backends', 0, 'name']);
    expect(told(broken(['backends', 1, 'name'], () => first))).toMatch(/backends: .*two backends have one name/);
    expect(told(broken(backend('budget', 'name'), () => 'spare'))).toMatch(/nothing names backend \/spare/);
  });

  const webhook = dev.gateway.backends.findIndex(({ host }) => host === 'guard.example:443');
  it.each(['guard.example:65536', 'guard.example:0', 'guard.example'])(
    'are called at a port that exists: %s',
    (host) => {
      expect(told(broken(['backends', webhook, 'host'], () => host))).toContain(
        `${host}, which is no host with a port from 1 to 65535`,
      );
    },
  );
});

describe('the catalogue', () => {
  const catalogue = ['config', 'modelCatalog'];
  const models = [...catalogue, 0, 'inline', 'providers', 'aws.bedrock', 'models'];

  it.each([
    [
      'has every model',
      [...models, 'titan-embed'],
      undefined,
      /prices aws\.bedrock titan-embed as nothing instead of .*0\.02/,
    ],
    [
      'has the rates of the day',
      [...models, 'claude-sonnet', 'rates', 'input'],
      '3.4',
      /"input":"3\.4".* instead of .*"input":"3\.3/,
    ],
    ['has amounts as text', [...models, 'claude-sonnet', 'rates', 'output'], 16.5, /"output":16\.5/],
    ['has tiers', [...models, 'claude-sonnet', 'tiers'], undefined, /prices aws\.bedrock claude-sonnet as/],
    [
      'has nothing else',
      [...models, 'spare'],
      { rates: { input: '1' } },
      /prices aws\.bedrock spare, which no list does/,
    ],
    ['is one', [...catalogue, 1], { inline: {} }, /there is a second catalogue, which would win/],
  ])('%s', (_, path, value, expected) => {
    expect(told(broken(path, () => value))).toMatch(expected);
  });

  it('names the list', () => {
    expect(told(broken([...models, 'titan-embed'], () => undefined))).toMatch(/catalogue: .*\(pricing\/list\.yaml\)/);
  });
});

describe('the access log', () => {
  const log = ['frontendPolicies', 'accessLog'];

  it.each([
    [
      'has every field',
      [...log, 'add', 'gw.tenant'],
      undefined,
      /has gw\.tenant as nothing instead of metadata\.tenant\.id/,
    ],
    [
      'computes it as agreed',
      [...log, 'add', 'gw.model'],
      'metadata.requested',
      /has gw\.model as "metadata\.requested"/,
    ],
    [
      'has no other',
      [...log, 'add', 'gw.agent'],
      'request.headers["user-agent"]',
      /gw\.agent, which is not in the contract.*\n.*holds what somebody said, as gw\.agent/,
    ],
    ['drops what names a person twice', [...log, 'remove'], [], /the log removes \[\]/],
    ['is JSON', ['config', 'logging'], { format: 'text' }, /the log is no JSON/],
  ])('%s', (_, path, value, expected) => {
    expect(told(broken(path, () => value))).toMatch(expected);
  });
});

describe('tables', () => {
  it('are flat maps of strings', () => {
    const nested = brokenPart([...request, 'metadata', 'model'], '{"', '{"x":{"y":"z"},"');
    expect(told(nested)).toMatch(/expressions: .*metadata model reads/);
  });
});
