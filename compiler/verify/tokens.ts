import { type Artifacts, releaseArtifacts } from '../../contract/artifacts/artifacts.ts';
import type { Values } from './schemas.ts';

const known =
  /^@\{(release|linked|client:[a-z0-9-]+\/[a-z0-9-]+|infra:[A-Za-z]+|secret:[a-z0-9-]+|guardrail:[a-z0-9-]+\/(id|version))\}$/;

/** Each `@{` begins a token that the deployer knows, and each client token names a client that will exist. */
export function* tokenViolations(artifacts: Artifacts, values: Values): Iterable<string> {
  const { clients = {} } = values['cognito-clients.json'] as { readonly clients?: object };
  for (const name of releaseArtifacts) {
    const text = artifacts[name];
    if (!text.includes('@{')) continue;
    for (const [token] of text.matchAll(/@\{[^}]*\}?/g)) {
      if (!known.test(token)) yield `${name}: ${token} is no token`;
      const key = /^@\{client:(.*)\}$/.exec(token)?.[1];
      if (key !== undefined && !Object.hasOwn(clients, key)) yield `${name}: ${token} names no app client`;
    }
  }
}
