import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { name, shortName } from '../../../compiler/schema/common.ts';
import { type Kind, kinds } from '../../../compiler/schema/kinds.ts';
import {
  appClientName,
  clientKey,
  credentialsName,
  fullScope,
  releaseBucketName,
  scopes,
} from '../../../contract/vocabulary.ts';
import { compiled, minimal, overlay, parsed, releaseOf } from '../project.ts';

/** What needs no measure, because a schema or the compiler bounds it: each bound beside the one that AWS or the gateway has. */

const label = fc.stringMatching(/^[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?$/).filter((text) => name.safeParse(text).success);
const short = label
  .map((text) => text.slice(0, 24).replace(/-+$/, ''))
  .filter((text) => shortName.safeParse(text).success);
const client = fc.record({ environment: short, tenant: label, client: short });

describe('names made of names', () => {
  it('lead back to one client, and fit', () => {
    fc.assert(
      fc.property(client, client, (a, b) => {
        const [first, second] = [a, b].map((one) => {
          const key = clientKey(one.tenant, one.client);
          return [appClientName(one.environment, key), credentialsName(one.environment, key)] as const;
        });
        const same = JSON.stringify(a) === JSON.stringify(b);
        expect([first?.[0] === second?.[0], first?.[1] === second?.[1]]).toEqual([same, same]);
        // Cognito: ClientName.
        expect(first?.[0]).toMatch(/^[\w\s+=,.@-]{1,128}$/);
        // Secrets Manager: 512 characters, and none that its ARN would not take.
        expect(first?.[1]).toMatch(/^[\w/+=.@-]{1,512}$/);
      }),
    );
  });

  it('fit at their longest', () => {
    const [environment, part, tenant] = ['e'.repeat(24), 'c'.repeat(24), 't'.repeat(40)];
    expect([shortName.safeParse(environment).success, shortName.safeParse(`${environment}e`).success]).toEqual([
      true,
      false,
    ]);
    expect([name.safeParse(tenant).success, name.safeParse(`${tenant}t`).success]).toEqual([true, false]);
    expect(appClientName(environment, clientKey(tenant, part)).length).toBeLessThanOrEqual(128);
    // S3: 3 to 63 characters.
    expect(releaseBucketName(environment, '123456789012').length).toBeLessThanOrEqual(63);
  });

  it('keep the buckets of two environments and accounts apart', () => {
    const account = fc.stringMatching(/^\d{12}$/);
    fc.assert(
      fc.property(short, account, short, account, (a, x, b, y) => {
        expect(releaseBucketName(a, x) === releaseBucketName(b, y)).toBe(a === b && x === y);
      }),
    );
  });
});

/** Whether a kind's schema takes a value at a path of a resource that it takes otherwise. */
function takes(kind: Kind, resource: unknown, path: readonly (string | number)[], value: unknown): boolean {
  const copy = structuredClone(resource) as Record<string | number, unknown>;
  const holder = path.slice(0, -1).reduce<Record<string | number, unknown>>((at, key) => at[key] as typeof copy, copy);
  holder[path.at(-1) ?? ''] = value;
  return kinds[kind].schema.safeParse(copy).success;
}

const resource = (kind: Kind, metadata: object, spec: object) => ({
  apiVersion: 'gatewright/v1',
  kind,
  metadata,
  spec,
});

const environment = resource(
  'Environment',
  { name: 'dev' },
  {
    class: 'dev',
    aws: { region: 'us-east-1', account: '123456789012' },
    gateway: { image: 'registry.example/agentgateway:v1.4.1' },
    access: { resourceServer: 'https://gateway.example' },
  },
);

const tenant = resource(
  'Tenant',
  { name: 'acme', displayName: 'Acme', owners: ['@acme/all'], costCenter: 'CC-1' },
  { tier: 'standard', routing: 'base', limits: {}, budget: {} },
);

const provider = { name: 'sso', type: 'saml', metadataUrl: 'https://sso.example/m', groupsAttribute: 'groups' };
const federation = resource(
  'Federation',
  { name: 'federation' },
  {
    client: { name: 'workforce', callbackUrls: ['https://portal.example/'] },
    tenantClaim: 'tenant',
    identityProviders: [provider],
  },
);

const prices = resource(
  'PriceList',
  { name: 'list' },
  {
    models: {
      m: {
        prices: [
          { effectiveFrom: '2026-01-01', rates: { input: '3' }, source: 'https://p.example', verifiedOn: '2026-11-01' },
        ],
      },
    },
  },
);

const urls = (count: number) => Array.from({ length: count }, (_, index) => `https://portal.example/${index}`);
const providers = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ ...provider, name: `sso-${index}` }));
const residencies = (count: number) =>
  Array.from({ length: count }, (_, index) => `r${String.fromCharCode(97 + index)}`);
const url = (length: number) => `https://${'g'.repeat(length - 'https://'.length)}`;

describe('bounds of the schemas', () => {
  const limits: readonly (readonly [string, Kind, unknown, readonly (string | number)[], unknown, unknown])[] = [
    ['Cognito: 100 callback URLs', 'Federation', federation, ['spec', 'client', 'callbackUrls'], urls(100), urls(101)],
    ['Cognito: 100 logout URLs', 'Federation', federation, ['spec', 'client', 'logoutUrls'], urls(100), urls(101)],
    [
      'Cognito: 300 identity providers',
      'Federation',
      federation,
      ['spec', 'identityProviders'],
      providers(300),
      providers(301),
    ],
    [
      'Cognito: tokens of a day at most',
      'Federation',
      federation,
      ['spec', 'client', 'accessTokenMinutes'],
      1440,
      1441,
    ],
    [
      'Cognito: tokens of five minutes at least',
      'Federation',
      federation,
      ['spec', 'client', 'accessTokenMinutes'],
      5,
      4,
    ],
    [
      'Cognito: scopes of 256 characters',
      'Environment',
      environment,
      ['spec', 'access', 'resourceServer'],
      url(249),
      url(250),
    ],
    [
      'Cognito: 10 000 app clients',
      'Environment',
      environment,
      ['spec', 'aws', 'quotas'],
      { appClients: 10_000 },
      { appClients: 10_001 },
    ],
    ['rate limit service: u32', 'Tenant', tenant, ['spec', 'limits', 'tokensPerDay'], 4_294_967_295, 4_294_967_296],
    ['rate limit service: no negative limit', 'Tenant', tenant, ['spec', 'limits', 'requestsPerMinute'], 0, -1],
    [
      'a header: 16 residencies in the name of a rule',
      'Tenant',
      tenant,
      ['spec', 'residency'],
      residencies(16),
      residencies(17),
    ],
    [
      'budget service: nine digits of USD',
      'Tenant',
      tenant,
      ['spec', 'budget', 'monthlyUsd'],
      '999999999.99',
      '1000000000',
    ],
    ['budget service: no negative budget', 'Tenant', tenant, ['spec', 'budget', 'monthlyUsd'], '0', '-1'],
    [
      'catalogue: no negative rate',
      'PriceList',
      prices,
      ['spec', 'models', 'm', 'prices', 0, 'rates', 'input'],
      '0',
      '-3',
    ],
    [
      'catalogue: six decimals',
      'PriceList',
      prices,
      ['spec', 'models', 'm', 'prices', 0, 'rates', 'input'],
      '0.000001',
      '0.0000001',
    ],
  ];

  it.each(limits)('%s', (_, kind, base, path, most, more) => {
    expect([takes(kind, base, path, most), takes(kind, base, path, more)]).toEqual([true, false]);
  });

  it.each([
    'http://gateway.example',
    'http://localhost:3000',
    'https://user@gateway.example',
    'https://GATEWAY.example',
  ])('let %s pass nowhere', (text) => {
    expect(takes('Environment', environment, ['spec', 'access', 'resourceServer'], text)).toBe(false);
    expect(takes('Federation', federation, ['spec', 'client', 'callbackUrls'], [text])).toBe(false);
    expect(takes('Federation', federation, ['spec', 'client', 'logoutUrls'], [text])).toBe(false);
    expect(takes('Federation', federation, ['spec', 'identityProviders', 0, 'metadataUrl'], text)).toBe(false);
  });

  it.each([
    'sub',
    'aud',
    'client_id',
    'iss',
    'scope',
    'username',
    'cognito:groups',
    'token_use',
    'device_key',
    'nbf',
    'in',
  ])('refuse %s as the claim of the tenant, which Cognito writes itself or CEL cannot read', (claim) =>
    expect(takes('Federation', federation, ['spec', 'tenantClaim'], claim)).toBe(false),
  );

  it('keep the largest budget within 64 bits of billionths of a dollar, and of whole cents in a double', () => {
    const [whole = 0n, cents = 0n] = '999999999.99'.split('.').map(BigInt);
    expect((whole * 100n + cents) * 10_000_000n).toBeLessThan(2n ** 63n);
    expect(Number(whole * 100n + cents)).toBeLessThan(Number.MAX_SAFE_INTEGER);
  });
});

describe('bounds by construction', () => {
  it('a task has two containers of ten, and a resource server two scopes of a hundred', () => {
    const task = parsed<{ containers: unknown[] }>(releaseOf(minimal, 'dev'), 'task.json');
    expect(task.containers).toHaveLength(2);
    expect(scopes.length).toBeLessThanOrEqual(100);
    expect(fullScope(url(249), 'invoke').length).toBeLessThanOrEqual(256);
  });

  it('the header of the longest rule stays below a kilobyte', () => {
    const long = 'm'.repeat(128);
    const profile = 'p'.repeat(40);
    const files = overlay(minimal, {
      'routing/profiles/base.yaml': null,
      [`routing/profiles/${profile}.yaml`]: `apiVersion: gatewright/v1
kind: RoutingProfile
metadata: {name: ${profile}}
spec:
  models:
    ${long}: {fallback: {targets: [{provider: anthropic, model: claude-sonnet}, {provider: other, model: claude-sonnet}]}}
`,
      'routing/providers/other.yaml': `apiVersion: gatewright/v1
kind: Provider
metadata: {name: other}
spec: {type: anthropic, residency: elsewhere, credentials: {secret: k}, prices: list}
`,
      'tenants/acme.yaml': `apiVersion: gatewright/v1
kind: Tenant
metadata: {name: acme, displayName: Acme, owners: ["@acme/all"], costCenter: CC-1}
spec:
  tier: standard
  routing: ${profile}
  residency: [us, ${residencies(15)
    .map((one) => one.padEnd(16, 'x'))
    .join(', ')}]
  clients: [{name: default}]
`,
    });
    const rules = compiled(files).environments.flatMap(({ table }) => Object.keys(table.data.rules));
    expect(rules).toHaveLength(1);
    expect(rules[0]?.length).toBeGreaterThan(400);
    expect(rules[0]?.length).toBeLessThan(1024);
  });
});
