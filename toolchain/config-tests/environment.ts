import type { AnalysedEnvironment } from '../../compiler/analysis.ts';
import type { Release } from '../../compiler/emit/release.ts';
import type { Resource } from '../../compiler/resolve/resources.ts';
import type { DecisionTable } from '../../contract/artifacts/decision-table.ts';
import type { GuardrailDefinitions } from '../../contract/artifacts/guardrails.ts';
import type { TenantDirectory } from '../../contract/artifacts/tenants.ts';
import { fullScope } from '../../contract/vocabulary.ts';
import { linkForTests } from './link.ts';

/** One compiled environment as tests need it: its finished artifacts, linked. */
export interface TestedEnvironment {
  readonly name: string;
  /** The linked agentgateway.json. */
  readonly configText: string;
  /** App client id by client key. */
  readonly clients: Readonly<Record<string, string>>;
  /** The full scope, `<resourceServer>/invoke`. */
  readonly invokeScope: string;
  readonly table: DecisionTable;
  readonly directory: TenantDirectory;
  readonly guardrails: GuardrailDefinitions;
  readonly providers: ReadonlyMap<string, Resource<'Provider'>['spec']>;
  /** Who counts requests; undefined: nobody. */
  readonly limits: 'local' | 'global' | undefined;
  readonly hasBudgets: boolean;
}

export function testedEnvironment({ model }: AnalysedEnvironment, release: Release): TestedEnvironment {
  const { access, limits, budgets } = model.environment.spec;
  return {
    name: release.environment,
    ...linkForTests(release),
    invokeScope: fullScope(access.resourceServer, 'invoke'),
    table: JSON.parse(release.artifacts['decision-table.json']),
    directory: JSON.parse(release.artifacts['tenants.json']),
    guardrails: JSON.parse(release.artifacts['guardrails.json']),
    providers: new Map([...model.resources.providers].map(([name, { spec }]) => [name, spec])),
    limits: limits?.backend,
    hasBudgets: budgets !== undefined,
  };
}
