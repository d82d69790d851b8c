import { sortedKeys } from '../contract/canonical.ts';
import { type Infra, infraSchema } from '../contract/infra.ts';
import { linkRelease, placeholderClients } from './link-release.ts';
import type { Release } from './release.ts';
import { parseStored } from './stored.ts';
import type { Violation } from './violation.ts';

export type ReadInfra = { readonly infra: Infra } | { readonly violations: readonly Violation[] };

/** What `infra` published; `text` null: nothing. */
export function readInfra(environment: string, text: string | null): ReadInfra {
  const fix = `apply the infrastructure of ${environment}; it publishes infra.json`;
  if (text === null) {
    return { violations: [{ code: 'infra-missing', reason: `environment ${environment} has no infra.json`, fix }] };
  }
  const parsed = parseStored(infraSchema, text);
  if ('value' in parsed) return { infra: parsed.value };
  return { violations: [{ code: 'infra-invalid', reason: `infra.json is not valid: ${parsed.problem}`, fix }] };
}

/** All that can be known to be wrong before the lock is taken. */
export function checkPreconditions(release: Release, infra: Infra, releaseBucket: string): Violation[] {
  const linked = linkRelease(release, infra, placeholderClients(release));
  return [
    ...checkPlace(release, infra),
    ...checkBucket(infra, releaseBucket),
    ...checkGuardrails(release, infra),
    ...('violations' in linked ? linked.violations : []),
  ];
}

function checkPlace({ environment, task }: Release, infra: Infra): Violation[] {
  const pairs = [
    ['wrong-environment', 'environment', environment, infra.environment],
    ['wrong-account', 'account', task.aws.account, infra.account],
    ['wrong-region', 'region', task.aws.region, infra.region],
  ] as const;
  return pairs
    .filter(([, , wanted, actual]) => wanted !== actual)
    .map(([code, what, wanted, actual]) => ({
      code,
      reason: `the release is for ${what} ${wanted}, infra.json is of ${what} ${actual}`,
      fix: `check which environment is deployed, and infra/environments/${environment}.yaml`,
    }));
}

/** The tasks read their config from the bucket that infra.json names. */
function checkBucket({ environment, releaseBucket: named }: Infra, used: string): Violation[] {
  if (named === used) return [];
  const reason = `infra.json names the release bucket ${named}, but lies in ${used}, which this deploy uses`;
  return [{ code: 'wrong-bucket', reason, fix: `apply the infrastructure of ${environment}; it publishes infra.json` }];
}

/** Terraform publishes guardrails; a release that counts on another definition must not run. */
function checkGuardrails({ environment, guardrails }: Release, infra: Infra): Violation[] {
  const fix = `apply the infrastructure of ${environment} first: it publishes guardrails`;
  return sortedKeys(guardrails.guardrails).flatMap((name): Violation[] => {
    const wanted = guardrails.guardrails[name]?.digest ?? null;
    if (wanted === null) return [];
    const published = Object.hasOwn(infra.guardrails, name) ? infra.guardrails[name] : undefined;
    if (published === undefined) {
      return [{ code: 'guardrail-not-published', reason: `guardrail ${name} is not published`, fix }];
    }
    if (published.digest === wanted) return [];
    const reason = `guardrail ${name} is published as ${published.digest.slice(0, 12)}, the release needs ${wanted.slice(0, 12)}`;
    return [{ code: 'guardrail-differs', reason, fix }];
  });
}
