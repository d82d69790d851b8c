import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type BudgetRequest,
  budgetAnswerSchema,
  budgetPath,
  budgetRequestSchema,
} from '../../../contract/budget-service.ts';
import { decide, type Spent } from '../../../toolchain/config-tests/budget-service/decide.ts';
import { answerBudget } from '../../../toolchain/config-tests/budget-service/serve.ts';
import { type Listening, listen } from '../../../toolchain/config-tests/loopback.ts';
import { directory, tenant } from './binary-world.ts';

const question: BudgetRequest = {
  tenant: 'acme',
  model: 'claude-sonnet',
  client: 'client-acme',
  path: '/v1/chat/completions',
  release: 'r1',
};

const nothing: Spent = { tenantUsd: '0', models: {} };

const ask = (changes: Partial<BudgetRequest> = {}, spent: Partial<Spent> = {}) =>
  decide(directory, { ...nothing, ...spent }, { ...question, ...changes });

describe('the decision about a budget', () => {
  it.each([
    ['nothing was spent', {}, {}, 200],
    ['less than the budget was spent', {}, { tenantUsd: '9.999999999999' }, 200],
    ['the budget was spent to the last cent', {}, { tenantUsd: '10' }, 402],
    ['more than the budget was spent', {}, { tenantUsd: '10.000000000001' }, 402],
    ["the model's own budget was spent", {}, { tenantUsd: '3', models: { 'claude-sonnet': '2.5' } }, 402],
    ['the budget of another model was spent', { model: 'gpt-4o' }, { models: { 'claude-sonnet': '2.5' } }, 200],
    ['there is no budget', { tenant: 'beta' }, { tenantUsd: '1000000' }, 200],
    ['an exceeded budget only warns', { tenant: 'lenient' }, { tenantUsd: '7', models: { 'claude-sonnet': '7' } }, 200],
    ['nobody knows the tenant', { tenant: 'gamma' }, {}, 403],
    ['the tenant is named like a member of every object', { tenant: 'constructor' }, {}, 403],
    ['the model is named like a member of every object', { model: 'constructor' }, {}, 200],
  ] as const)('where %s', (_, changes, spent, status) => {
    expect(ask(changes, spent).status).toBe(status);
  });

  it('is written in the format of the client', () => {
    const spent = { tenantUsd: '10' };
    expect(ask({}, spent).body).toEqual({
      error: {
        message: 'tenant acme has used up its budget of 10.00 USD for this month',
        type: 'insufficient_quota',
        param: null,
        code: 'budget_exceeded',
      },
    });
    for (const path of ['/v1/messages', '/v1/messages/count_tokens']) {
      expect(ask({ path }, spent).body).toMatchObject({ type: 'error', error: { type: 'billing_error' } });
    }
    for (const path of ['/v1/responses', '/v1/embeddings', '/v1/messagesx']) {
      expect(ask({ path }, spent).body).toMatchObject({ error: { code: 'budget_exceeded' } });
    }
    expect(ask({ tenant: 'gamma', path: '/v1/messages' }).body).toMatchObject({ error: { type: 'permission_error' } });
  });

  it('keeps to its contract, and rejects exactly from the budget on, whatever the amounts', () => {
    const amount = fc.bigInt({ min: 0n, max: 10n ** 18n });
    const text = (units: bigint) => `${units / 10n ** 9n}.${(units % 10n ** 9n).toString().padStart(9, '0')}`;
    const path = fc.constantFrom('/v1/chat/completions', '/v1/messages', '/v1/responses');
    fc.assert(
      fc.property(amount, amount, path, (budget, spent, asked) => {
        const one = { ...directory, tenants: { acme: tenant({ monthlyUsd: text(budget) }) } };
        const answer = decide(one, { tenantUsd: text(spent), models: {} }, { ...question, path: asked });
        expect(answer.status).toBe(spent >= budget ? 402 : 200);
        expect(budgetAnswerSchema.safeParse(answer).error).toBeUndefined();
      }),
    );
  });
});

describe('the contract', () => {
  it('takes no prompt', () => {
    expect(budgetRequestSchema.safeParse(question).success).toBe(true);
    for (const more of [{ messages: [] }, { prompt: 'hello' }, { body: {} }]) {
      expect(budgetRequestSchema.safeParse({ ...question, ...more }).success).toBe(false);
    }
  });

  it('knows no 5xx: that would reach the client where the environment says to let requests pass', () => {
    const denied = ask({}, { tenantUsd: '10' });
    for (const status of [500, 503, 429, 201]) {
      expect(budgetAnswerSchema.safeParse({ ...denied, status }).success).toBe(false);
    }
  });

  it('takes no denial that a client cannot read', () => {
    const denied = ask({}, { tenantUsd: '10' });
    expect(budgetAnswerSchema.safeParse({ ...denied, headers: { 'content-type': 'text/plain' } }).success).toBe(false);
    expect(budgetAnswerSchema.safeParse({ ...denied, body: {} }).success).toBe(false);
  });
});

describe('the reference service', () => {
  let service: Listening;
  const spentBy = (name: string): Spent => ({ ...nothing, tenantUsd: name === 'acme' ? '10' : '0' });

  beforeAll(async () => {
    service = await listen((arrived) => answerBudget({ directory, spentBy }, arrived));
  });
  afterAll(() => service.close());

  const post = (body: string, path = budgetPath) =>
    fetch(`http://127.0.0.1:${service.port}${path}`, { method: 'POST', body });

  it('answers by what the ledger has counted for the tenant', async () => {
    expect((await post(JSON.stringify({ ...question, tenant: 'beta' }))).status).toBe(200);
    const denied = await post(JSON.stringify(question));
    expect(denied.status).toBe(402);
    expect(denied.headers.get('content-type')).toBe('application/json');
    expect(await denied.json()).toMatchObject({ error: { code: 'budget_exceeded' } });
  });

  it('refuses questions outside of the contract', async () => {
    expect((await post(JSON.stringify({ ...question, messages: [] }))).status).toBe(400);
    expect((await post('no JSON')).status).toBe(400);
    expect((await post(JSON.stringify(question), '/v1/other')).status).toBe(404);
  });
});
