import {
  type Enforced,
  type Enforcement,
  type EnforcementStatement,
  enforced,
} from '../../contract/artifacts/enforcement.ts';
import type { Json } from '../../contract/canonical.ts';
import { schemaVersion } from '../../contract/vocabulary.ts';
import type { Path } from '../diagnostics/finding.ts';
import { howEnforced, isSubjectTo } from '../resolve/enforcement.ts';
import { guardrailGaps } from '../resolve/guardrail-gaps.ts';
import type { Model } from '../resolve/model.ts';
import { at } from '../resolve/resources.ts';
import type { Table } from '../table/table.ts';
import type { Emitted } from './emitted.ts';
import { guardrailsInUse } from './gateway/guards.ts';

/** How limits, budgets and guardrails act in this environment, and where they act less than one could think. */
export function emitEnforcement(model: Model, table: Table): Emitted {
  const { environment } = model;
  const active = model.tenants.filter(({ status }) => status === 'active');
  const statements = enforced.flatMap((kind): [Enforced, EnforcementStatement][] => {
    const tenants = active.filter((tenant) => isSubjectTo[kind](tenant)).length;
    return tenants === 0 ? [] : [[kind, { ...howEnforced(kind, environment.spec), tenants }]];
  });
  const guardrails = guardrailsInUse(table.data, model);
  const value: Enforcement = {
    schemaVersion,
    environment: environment.name,
    statements: Object.fromEntries(statements),
    guardrails: Object.fromEntries(guardrails.map(({ name, spec }) => [name, guardrailGaps(spec)])),
  };
  return {
    value: value as Json,
    sources: [
      { path: [], origin: at(environment) },
      ...statements.map(([kind]) => ({ path: ['statements', kind], origin: at(environment, ...decidedAt(kind)) })),
      ...guardrails.map((guardrail) => ({ path: ['guardrails', guardrail.name], origin: at(guardrail, 'spec') })),
    ],
  };
}

function decidedAt(kind: Enforced): Path {
  switch (kind) {
    case 'zeroLimit':
      return [];
    case 'requestsPerMinute':
    case 'tokensPerDay':
      return ['spec', 'limits'];
    default:
      return ['spec', 'budgets'];
  }
}
