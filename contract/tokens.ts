/**
 * Tokens stand in artifacts for what does not exist at compile time. The deployer's link step replaces them; a
 * preview shows them as they are. No text from the configuration may contain the opening `@{` (check
 * `security/reserved-token`), so a token in an artifact is always ours.
 */

export type Token = `@{${string}}`;

export const releaseToken: Token = '@{release}';

/** Digest of the linked gateway config; its key in the release bucket is `linked/<digest>`. */
export const linkedToken: Token = '@{linked}';

/** The app client's Cognito id. */
export function clientToken(key: string): Token {
  return `@{client:${key}}`;
}

/** A field of what Terraform publishes as `environments/<env>/infra.json`. */
export function infraToken(field: string): Token {
  return `@{infra:${field}}`;
}

/** The ARN of a provider's secret, from infra.json. */
export function secretToken(name: string): Token {
  return `@{secret:${name}}`;
}

/** A published Bedrock guardrail: its id or its version. */
export function guardrailToken(name: string, field: 'id' | 'version'): Token {
  return `@{guardrail:${name}/${field}}`;
}

export const tokenPattern = /@\{([a-z]+)(?::([^{}"\\]*))?\}/g;

/** What opens a token, and therefore may not stand in configuration. */
export const tokenOpening = '@{';
