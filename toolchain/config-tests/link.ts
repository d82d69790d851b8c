import type { Release } from '../../compiler/emit/release.ts';
import type { DecisionTable } from '../../contract/artifacts/decision-table.ts';
import type { GuardrailDefinitions } from '../../contract/artifacts/guardrails.ts';
import { digest, sortedKeys } from '../../contract/canonical.ts';
import type { Infra } from '../../contract/infra.ts';
import { schemaVersion } from '../../contract/vocabulary.ts';
import { link } from '../../deployer/link.ts';

interface LinkedForTests {
  readonly configText: string;
  readonly clients: Readonly<Record<string, string>>;
}

/** Links a release as a deploy would, to an infrastructure that does not exist: both engines read the same text. */
export function linkForTests({ environment, id, artifacts }: Release): LinkedForTests {
  const { clients: keys } = JSON.parse(artifacts['decision-table.json']) as DecisionTable;
  const { guardrails } = JSON.parse(artifacts['guardrails.json']) as GuardrailDefinitions;
  const clients = Object.fromEntries(sortedKeys(keys).map((key) => [key, clientId(environment, key)]));
  const bindings = { release: id, linked: null, clients, infra: inventedInfra(environment, sortedKeys(guardrails)) };
  const linked = link('agentgateway.json', artifacts['agentgateway.json'], bindings);
  if ('violations' in linked) {
    throw new Error(
      `a release that compiles does not link: ${linked.violations.map(({ reason }) => reason).join('; ')}`,
    );
  }
  return { configText: linked.text, clients };
}

/** As long and as meaningless as the ids that Cognito makes, and the same on every machine. */
function clientId(environment: string, key: string): string {
  return digest(`${environment} ${key}`).slice(0, 26);
}

/** Hosts below `.invalid` lead nowhere: what an engine forgets to replace cannot reach anybody. */
function inventedInfra(environment: string, guardrails: readonly string[]): Infra {
  const issuer = 'https://issuer.gatewright.invalid/pool';
  const arn = 'arn:aws:iam::000000000000:role/config-tests';
  return {
    schemaVersion,
    environment,
    account: '000000000000',
    region: 'us-east-1',
    releaseBucket: 'config-tests',
    cluster: 'config-tests',
    service: 'gateway',
    taskFamily: 'config-tests',
    executionRoleArn: arn,
    taskRoleArn: arn,
    cpu: '256',
    memory: '512',
    logGroup: '/config-tests',
    configInitImage: 'config-init',
    budgetHost: 'budget.gatewright.invalid:443',
    rateLimitHost: 'ratelimit.gatewright.invalid:8081',
    userPoolId: 'pool',
    issuer,
    jwksUrl: `${issuer}/.well-known/jwks.json`,
    tokenUrl: 'https://token.gatewright.invalid',
    secrets: {},
    guardrails: Object.fromEntries(guardrails.map((name) => [name, { id: `gr-${name}`, version: '1', digest: '' }])),
  };
}
