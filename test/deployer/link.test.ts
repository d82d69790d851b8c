import { describe, expect, test } from 'vitest';
import { infraSchema } from '../../contract/infra.ts';
import { type Bindings, link } from '../../deployer/link.ts';

const infra = infraSchema.parse({
  schemaVersion: 1,
  environment: 'local',
  account: '000000000000',
  region: 'us-east-1',
  releaseBucket: 'releases',
  cluster: 'cluster',
  service: 'service',
  taskFamily: 'family',
  executionRoleArn: 'arn:aws:iam::000000000000:role/execution',
  taskRoleArn: 'arn:aws:iam::000000000000:role/task',
  cpu: '256',
  memory: '512',
  logGroup: '/logs',
  configInitImage: 'image',
  budgetHost: 'budget:443',
  rateLimitHost: 'ratelimit:8081',
  userPoolId: 'pool',
  issuer: 'https://issuer.example.com',
  jwksUrl: 'https://issuer.example.com/jwks.json',
  tokenUrl: 'https://token.example.com',
  secrets: { key: 'arn:aws:secretsmanager:us-east-1:000000000000:secret:key-AbCdEf' },
  guardrails: { baseline: { id: 'gr-1', version: '3', digest: 'd' } },
});
const bindings: Bindings = { release: 'r1', linked: 'l1', clients: { 'ml/default': 'id1' }, infra };

const codes = (text: string, more: Partial<Bindings> = {}): string[] => {
  const linked = link('x.json', text, { ...bindings, ...more });
  return 'violations' in linked ? linked.violations.map(({ code }) => code) : [];
};

describe('linking', () => {
  test('replaces every token', () => {
    const tokens =
      '@{release} @{linked} @{client:ml/default} @{infra:issuer} @{secret:key} @{guardrail:baseline/id} @{guardrail:baseline/version}';
    expect(link('x.json', tokens, bindings)).toEqual({
      text: `r1 l1 id1 https://issuer.example.com ${infra.secrets['key']} gr-1 3`,
    });
  });

  test.each([
    '@{',
    '@{release:x}',
    '@{linked}x',
    '@{infra:secrets}',
    '@{infra:toString}',
    '@{guardrail:baseline/digest}',
    '@{client:}',
  ])('%s is unbound', (token) => expect(codes(token, { linked: null })).toEqual(['unbound-token']));

  test('all unbound tokens are listed', () => {
    const linked = link('x.json', '@{secret:b} @{secret:a} @{secret:b}', bindings);
    expect('violations' in linked && linked.violations[0]?.reason).toContain('@{secret:a}, @{secret:b}');
  });

  test.each(['a"b', "a'b", 'a\\b', 'a$b', 'a\nb', 'a b', 'a{b', ''])('the value %j is not taken in', (value) => {
    expect(codes('@{secret:key}', { infra: { ...infra, secrets: { key: value } } })).toEqual(['unsafe-value']);
  });

  test('two clients with one id are refused', () => {
    expect(codes('@{release}', { clients: { a: 'same', b: 'same' } })).toEqual(['ambiguous-client']);
  });
});
