import { describe, expect, it } from 'vitest';
import { withoutKeys, withoutSecretFields, withoutSecrets } from '../../compiler/diagnostics/secret.ts';

describe('what looks like a secret', () => {
  it.each([
    'AKIAIOSFODNN7EXAMPLE',
    'sk-ant-api03-abcdefghijklmnop',
    'ghp_0123456789abcdefABCDEF0123456789abcd',
    'eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl',
    '0123456789abcdef0123456789abcdef',
    'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
  ])('keeps its first characters and its length: %s', (secret) => {
    const told = withoutSecrets(`key: "${secret}" # why`);
    expect(told).toBe(`key: "${secret.slice(0, 4)}${'•'.repeat(secret.length - 4)}" # why`);
  });

  it.each([
    'us.anthropic.claude-sonnet-4-5-20250929-v1:0',
    'cr.agentgateway.dev/agentgateway@sha256:7c1f4e0a9d52b86e3f0d4b7a915c8e26d3a07f9be4415c62f8d9072ab36ce51d',
    'https://cognito-idp.us-east-1.amazonaws.com/us-east-1_EXAMPLE',
    'tenants/engineering/machine-learning-platform.yaml',
    'CC-5678',
  ])('is nothing that a configuration is full of: %s', (text) => {
    expect(withoutSecrets(text)).toBe(text);
  });
});

describe('a field for a secret', () => {
  it.each([
    ['password: hunter2', 'password: •••••••'],
    ['{apiKey: "a b", x: 1}', '{apiKey: "• •", x: 1}'],
    ['db_password: x # why', 'db_password: •# why'],
    ['credentials: {secret: anthropic-key}', 'credentials: {secret: anthropic-key}'],
    ['credentials: {secret: Hunter2}', 'credentials: {secret: •••••••}'],
    ['maxTokens: 5', 'maxTokens: 5'],
  ])('%s', (source, shown) => {
    expect(withoutSecretFields(source).replace(/ (?=#)/, '')).toBe(shown);
  });
});

it('a name of many hexadecimal digits stays one by which files are found', () => {
  const path = 'tenants/0a1f9c4e7b2d83650a1f9c4e7b2d8365.yaml';
  expect(withoutKeys(path)).toBe(path);
  expect(withoutKeys('tenants/ghp_aB3dE6gH9jK2mN5pQ8sTaB3dE6gH9jK2mN5p.yaml')).toContain('ghp_••');
});
