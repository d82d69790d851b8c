import type { AppClient } from '../contract/artifacts/cognito-clients.ts';
import { canonicalText } from '../contract/canonical.ts';
import { sha256 } from './sha256.ts';

/** What a tenant finds beside the secret in its published credentials. */
export interface CredentialsContent {
  readonly clientId: string;
  readonly tokenUrl: string;
  readonly scope: string;
}

export function credentialsContent(clientId: string, tokenUrl: string, client: AppClient): CredentialsContent {
  return { clientId, tokenUrl, scope: client.settings.AllowedOAuthScopes.join(' ') };
}

export function contentDigest(content: CredentialsContent): string {
  return sha256(canonicalText({ ...content }));
}

/**
 * Version id under which the content is written: the same in every repetition of one deploy, so that a repeated write
 * is one version, and another one after each change, so that going back to earlier content is a write as well. It
 * says nothing about the secret.
 */
export function nextVersion(content: CredentialsContent, previous: string | null): string {
  return sha256(canonicalText({ ...content, previous }));
}

export function settingsDigest(client: AppClient): string {
  return sha256(canonicalText(client.settings));
}
