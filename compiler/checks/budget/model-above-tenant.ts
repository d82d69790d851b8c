import { toUnits } from '../../resolve/money.ts';
import type { EnvironmentCheck } from '../check.ts';

export const budgetModelAboveTenant: EnvironmentCheck = function* ({ model }) {
  for (const tenant of model.tenants) {
    const { monthlyUsd, models } = tenant.budget;
    if (monthlyUsd === undefined) continue;
    for (const [name, amount] of models) {
      if (toUnits(amount) <= toUnits(monthlyUsd)) continue;
      yield {
        code: 'budget/model-above-tenant',
        message: `the budget of model ${name} is ${amount} USD, but tenant ${tenant.name} has ${monthlyUsd} USD for all models: it could never be used up`,
        at: tenant.origin('budget', 'models', name, 'monthlyUsd'),
        hint: `stay within ${monthlyUsd}, or raise the tenant's budget`,
        related: [{ message: "the tenant's budget", at: tenant.origin('budget', 'monthlyUsd') }],
      };
    }
  }
};
