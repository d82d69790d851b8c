import { z } from 'zod';

/**
 * What the gateway asks the webhook of a guardrail, and the answers that mean what they say.
 *
 * The gateway takes whatever it can read: it tries mask, reject and pass in this order, skips members that it does not
 * know, and does not look at the HTTP status. So a misspelt rejection passes everything, silently. These schemas take
 * only answers that the gateway reads as they were meant; a webhook that checks its own answers with them fails loudly.
 */

const message = z.strictObject({ role: z.string(), content: z.string() });
const choice = z.strictObject({ message });
const messages = z.strictObject({ messages: z.array(message) });
const choices = z.strictObject({ choices: z.array(choice) });

/** Texts only: no model, no tenant, no tools. What else a webhook has to know is sent as headers. */
export const guardRequestSchema = z.strictObject({ body: messages });
export const guardResponseSchema = z.strictObject({ body: choices });

const reason = z.string().optional();

const pass = z.strictObject({ reason });

/** A status below 100 or above 999 would turn the rejection into a 503 of the gateway. No content type goes with it. */
const reject = z.strictObject({ body: z.string(), status_code: z.int().min(100).max(999), reason });

/** A mask of the other phase's kind is an error: 503, even where the guardrail fails open. */
const maskRequest = z.strictObject({ body: messages, reason });
const maskResponse = z.strictObject({ body: choices, reason });

/** How a webhook answers in the request phase. */
export const guardRequestAnswerSchema = z.strictObject({ action: z.union([pass, maskRequest, reject]) });

/** How a webhook answers in the response phase. */
export const guardResponseAnswerSchema = z.strictObject({ action: z.union([pass, maskResponse, reject]) });

export type GuardRequestAnswer = z.infer<typeof guardRequestAnswerSchema>;
export type GuardResponseAnswer = z.infer<typeof guardResponseAnswerSchema>;
