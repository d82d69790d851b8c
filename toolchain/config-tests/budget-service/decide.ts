import { toUnits, usdText } from '../../../compiler/resolve/money.ts';
import type { TenantDirectory } from '../../../contract/artifacts/tenants.ts';
import { type BudgetAnswer, type BudgetRequest, clientFormatOf } from '../../../contract/budget-service.ts';

/** What the ledger has counted for one tenant this month, decimal strings of USD. */
export interface Spent {
  readonly tenantUsd: string;
  readonly models: Readonly<Record<string, string>>;
}

const headers = { 'content-type': 'application/json' } as const;

/** The decision of the budget service, from the directory of one release and the ledger's count. */
export function decide(directory: TenantDirectory, spent: Spent, request: BudgetRequest): BudgetAnswer {
  const tenant = Object.hasOwn(directory.tenants, request.tenant) ? directory.tenants[request.tenant] : undefined;
  if (tenant === undefined) {
    return denial(request, 403, `no tenant ${request.tenant} is registered`);
  }
  const { budget } = tenant;
  if (budget.onExceeded === 'warn') return { status: 200, headers, body: {} };
  if (budget.monthlyUsd !== null && isUsedUp(budget.monthlyUsd, spent.tenantUsd)) {
    const message = `tenant ${request.tenant} has used up its budget of ${usdText(budget.monthlyUsd)} USD for this month`;
    return denial(request, 402, message);
  }
  const ofModel = Object.hasOwn(budget.models, request.model) ? budget.models[request.model] : undefined;
  const spentOnModel = Object.hasOwn(spent.models, request.model) ? spent.models[request.model] : undefined;
  if (ofModel !== undefined && isUsedUp(ofModel.monthlyUsd, spentOnModel ?? '0')) {
    const amount = usdText(ofModel.monthlyUsd);
    const message = `tenant ${request.tenant} has used up its budget of ${amount} USD for model ${request.model} for this month`;
    return denial(request, 402, message);
  }
  return { status: 200, headers, body: {} };
}

/** The last cent belongs to the tenant: what was spent is charged after the answer, so a budget is reached, not passed. */
function isUsedUp(budget: string, spent: string): boolean {
  return toUnits(spent) >= toUnits(budget);
}

function denial(request: BudgetRequest, status: 402 | 403, message: string): BudgetAnswer {
  const used = status === 402;
  if (clientFormatOf(request.path) === 'anthropic') {
    const type = used ? 'billing_error' : 'permission_error';
    return { status, headers, body: { type: 'error', error: { type, message } } };
  }
  const type = used ? 'insufficient_quota' : 'permission_error';
  const code = used ? 'budget_exceeded' : 'unknown_tenant';
  return { status, headers, body: { error: { message, type, param: null, code } } };
}
