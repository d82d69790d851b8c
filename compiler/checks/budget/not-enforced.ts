import { atKey } from '../../resolve/resources.ts';
import type { EnvironmentCheck } from '../check.ts';

export const budgetNotEnforced: EnvironmentCheck = function* ({ model: { environment, tenants } }) {
  const { class: environmentClass, budgets } = environment.spec;
  if (environmentClass === 'local' || budgets !== undefined) return;
  const budgeted = tenants.filter(
    ({ status, budget }) => status === 'active' && (budget.monthlyUsd !== undefined || budget.models.size > 0),
  );
  if (budgeted.length === 0) return;
  yield {
    code: 'budget/not-enforced',
    message: `nothing enforces budgets in ${environment.name}, and ${budgeted.length === 1 ? 'one tenant has' : `${budgeted.length} tenants have`} some`,
    at: atKey(environment, 'spec'),
    hint: 'add budgets: {} with what should happen while the budget service is down',
  };
};
