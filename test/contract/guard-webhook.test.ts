import { describe, expect, it } from 'vitest';
import {
  guardRequestAnswerSchema,
  guardRequestSchema,
  guardResponseAnswerSchema,
  guardResponseSchema,
} from '../../contract/guard-webhook.ts';
import { rows } from './guard-webhook-rows.ts';

const answerSchema = { request: guardRequestAnswerSchema, response: guardResponseAnswerSchema };

describe('answers of a guard webhook', () => {
  it.each(rows)('$what ($phase): $meaning', ({ phase, answer, isTaken }) => {
    expect(answerSchema[phase].safeParse(answer).success).toBe(isTaken);
  });

  it('are not taken where the gateway lets pass what they mean to stop or change', () => {
    const silent = rows.filter(
      ({ answer, meaning }) => meaning === 'pass' && /body|reject|mask/.test(JSON.stringify(answer)),
    );
    expect(silent.length).toBeGreaterThan(3);
    expect(silent.filter(({ isTaken }) => isTaken)).toEqual([]);
  });
});

describe('questions to a guard webhook', () => {
  const messages = { messages: [{ role: 'user', content: 'text' }] };
  const choices = { choices: [{ message: { role: 'assistant', content: 'text' } }] };
  const asked = { body: messages };

  it('hold the texts of the phase', () => {
    expect(guardRequestSchema.safeParse(asked).success).toBe(true);
    expect(guardResponseSchema.safeParse({ body: choices }).success).toBe(true);
    expect(guardRequestSchema.safeParse({ body: choices }).success).toBe(false);
  });

  it('hold nothing else: tenant and model come as headers', () => {
    expect(guardRequestSchema.safeParse({ ...asked, tenant: 'acme' }).success).toBe(false);
  });
});
