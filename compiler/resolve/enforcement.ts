import type { Enforced, EnforcementStatement } from '../../contract/artifacts/enforcement.ts';
import type { Model, ResolvedTenant } from './model.ts';

/** What is true of a limit or budget in an environment, for every tenant that has it. */
export type HowEnforced = Omit<EnforcementStatement, 'tenants'>;
type Spec = Model['environment']['spec'];

/** How long the gateway waits for the services that it asks. */
export const rateLimitDeadline = '500ms';
export const budgetDeadline = '1s';

/** Whether a tenant has such a limit or budget. */
export const isSubjectTo: Readonly<Record<Enforced, (tenant: ResolvedTenant) => boolean>> = {
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

/** How an environment enforces a kind of limit or budget, for every tenant that has it. */
export function howEnforced(kind: Enforced, spec: Spec): HowEnforced {
  return qualified(how(kind, spec), spec);
}

function how(kind: Enforced, { limits, budgets }: Spec): HowEnforced {
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
function qualified(statement: HowEnforced, { class: environmentClass }: Spec): HowEnforced {
  if (environmentClass !== 'local' || statement.outage === null) return statement;
  const mechanism = `${statement.mechanism}; needs a service that the embedded AWS does not run`;
  return { ...statement, mechanism };
}

function notEnforced(why: string): HowEnforced {
  return { strength: 'none', mechanism: `not enforced: ${why}`, overshoot: 'without bound', outage: null };
}

const localRequests: HowEnforced = {
  strength: 'advisory',
  mechanism: 'each gateway task counts for itself and is refilled every minute',
  overshoot: 'the limit times the number of tasks, twice that across a refill; a new task or config starts full',
  outage: null,
};

type OnFailure = 'allow' | 'reject';

/** Fixed windows in UTC. Tokens are known only after the answer: the check before it adds none. */
function globalLimit(kind: 'requestsPerMinute' | 'tokensPerDay', onFailure: OnFailure): HowEnforced {
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

function askedBudget({ cacheSeconds, onFailure }: NonNullable<Spec['budgets']>): HowEnforced {
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
