import type { TenantDirectory } from '../../../contract/artifacts/tenants.ts';
import { budgetPath, budgetRequestSchema } from '../../../contract/budget-service.ts';
import { type Arrived, json, type Reply } from '../loopback.ts';
import { decide, type Spent } from './decide.ts';

interface BudgetService {
  readonly directory: TenantDirectory;
  /** Reads the ledger: what a tenant has spent in its current month. */
  spentBy(tenant: string): Spent;
}

/** The reference budget service. A question that does not keep to the contract is answered 400, which the client sees: it is a defect of the config. */
export function answerBudget({ directory, spentBy }: BudgetService, { method, path, body }: Arrived): Reply {
  if (method !== 'POST' || path !== budgetPath) return json(404, { error: `no ${method} ${path}` });
  const parsed = budgetRequestSchema.safeParse(parse(body));
  if (!parsed.success) return json(400, { error: parsed.error.issues.map((issue) => issue.message).join('; ') });
  const { status, headers, body: answer } = decide(directory, spentBy(parsed.data.tenant), parsed.data);
  return { status, headers, chunks: [JSON.stringify(answer)] };
}

function parse(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    return undefined;
  }
}
