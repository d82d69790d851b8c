import {
  type Enforced,
  type Enforcement,
  type EnforcementStatement,
  enforced,
} from '../../contract/artifacts/enforcement.ts';
import type { Json } from '../../contract/canonical.ts';
import { schemaVersion } from '../../contract/vocabulary.ts';
import type { Path } from '../diagnostics/finding.ts';
import type { Model, ResolvedTenant } from '../resolve/model.ts';
import { at } from '../resolve/resources.ts';
import type { Table } from '../table/table.ts';
import type { Emitted } from './emitted.ts';
import { guardrailsInUse } from './gateway/guards.ts';
import { budgetDeadline, rateLimitDeadline } from './gateway/limits.ts';
import { guardrailGaps } from './guardrail-gaps.ts';

/** What is true of a limit or budget in an environment, for every tenant that has it. */
type How = Omit<EnforcementStatement, 'tenants'>;
type Spec = Model['environment']['spec'];

/** How limits, budgets and guardrails act in this environment, and where they act less than one could think. */
export function emitEnforcement(model: Model, table: Table): Emitted {
  const { environment } = model;
  const active = model.tenants.filter(({ status }) => status === 'active');
  const statements = enforced.flatMap((kind): [Enforced, EnforcementStatement][] => {
    const tenants = active.filter((tenant) => has[kind](tenant)).length;
    return tenants === 0 ? [] : [[kind, { ...qualified(how(kind, environment.spec), environment.spec), tenants }]];
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

const has: Readonly<Record<Enforced, (tenant: ResolvedTenant) => boolean>> = {
  zeroLimit: refusesAll,
  requestsPerMinute: (tenant) => tenant.limits.requestsPerMinute !== undefined && !refusesAll(tenant),
  tokensPerDay: (tenant) => tenant.limits.tokensPerDay !== undefined && !refusesAll(tenant),
  monthlyBudget: ({ budget }) => budget.monthlyUsd !== undefined && budget.onExceeded === 'reject',
  monthlyBudgetWarn: ({ budget }) => budget.monthlyUsd !== undefined && budget.onExceeded === 'warn',
  modelBudgets: ({ budget }) => budget.models.size > 0 && budget.onExceeded === 'reject',
  modelBudgetsWarn: ({ budget }) => budget.models.size > 0 && budget.onExceeded === 'warn',
};

function refusesAll({ limits }: ResolvedTenant): boolean {
  return limits.requestsPerMinute === 0 || limits.tokensPerDay === 0;
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

function how(kind: Enforced, { limits, budgets }: Spec): How {
  switch (kind) {
    case 'zeroLimit':
      return {
        strength: 'hard',
        mechanism: 'a limit of 0 is a denial in the decision table',
        overshoot: 'none',
        outage: null,
      };
    case 'requestsPerMinute':
      if (limits === undefined) return notEnforced('the environment has no limits');
      return limits.backend === 'local' ? localRequests : globalLimit(kind, limits.onFailure);
    case 'tokensPerDay':
      if (limits === undefined) return notEnforced('the environment has no limits');
      return limits.backend === 'local'
        ? notEnforced('gateway tasks that count for themselves count requests only')
        : globalLimit(kind, limits.onFailure);
    case 'monthlyBudget':
    case 'modelBudgets':
      return budgets === undefined ? notEnforced('the environment has no budgets') : askedBudget(budgets);
    case 'monthlyBudgetWarn':
    case 'modelBudgetsWarn':
      if (budgets === undefined) return notEnforced('the environment has no budgets');
      // Asked all the same, so that its outage reaches these tenants too.
      return {
        ...askedBudget(budgets),
        strength: 'none',
        mechanism: 'onExceeded is warn: owners are only told',
        overshoot: 'without bound',
      };
  }
}

/** What asks a service names its outage. The embedded AWS runs none, so that the outage is what holds there. */
function qualified(statement: How, { class: environmentClass }: Spec): How {
  if (environmentClass !== 'local' || statement.outage === null) return statement;
  const mechanism = `${statement.mechanism}; needs a service that the embedded AWS does not run`;
  return { ...statement, mechanism };
}

function notEnforced(why: string): How {
  return { strength: 'none', mechanism: `not enforced: ${why}`, overshoot: 'without bound', outage: null };
}

const localRequests: How = {
  strength: 'advisory',
  mechanism: 'each gateway task counts for itself and is refilled every minute',
  overshoot: 'the limit times the number of tasks, twice that across a refill; a new task or config starts full',
  outage: null,
};

type OnFailure = 'allow' | 'reject';

/** Fixed windows in UTC. Tokens are known only after the answer: the check before it adds none. */
function globalLimit(kind: 'requestsPerMinute' | 'tokensPerDay', onFailure: OnFailure): How {
  const outcome = onFailure === 'allow' ? 'pass uncounted' : 'get 500';
  const outage = `while the rate limit service cannot be asked, requests ${outcome} after ${rateLimitDeadline}`;
  if (kind === 'requestsPerMinute') {
    return {
      strength: 'hard',
      mechanism: 'the rate limit service counts for all gateway tasks, by the minute',
      overshoot: 'none within a minute of the clock, up to twice the limit across two',
      outage,
    };
  }
  return {
    strength: 'next-request',
    mechanism: 'the rate limit service adds tokens after each answer, by the UTC day',
    overshoot:
      'all tokens of every request that is under way when the limit is reached, and of answers whose client hangs up',
    outage,
  };
}

function askedBudget({ cacheSeconds, onFailure }: NonNullable<Spec['budgets']>): How {
  const late =
    cacheSeconds === 0
      ? ''
      : `, and of all that begin within ${cacheSeconds}s of an answer (kept per task, tenant, model and path)`;
  return {
    strength: 'next-request',
    mechanism: 'the budget service is asked before each request; it knows what the ledger has booked',
    overshoot: `the cost of requests that are under way, not booked yet or given up by their client${late}`,
    outage: `while the budget service cannot be asked, requests ${onFailure === 'allow' ? 'pass' : 'get 503'} after ${budgetDeadline}`,
  };
}
