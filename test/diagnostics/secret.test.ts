import { describe, expect, it } from 'vitest';
import { withoutSecrets } from '../../compiler/diagnostics/secret.ts';

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
