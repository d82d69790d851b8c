import { z } from 'zod';

export const duration = z.string().regex(/^\d+(?:ms|s|m|h)$/);
export const cel = z.string();
export const expressions = z.record(z.string(), cel);
export const json = z.json();
