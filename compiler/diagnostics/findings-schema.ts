import { z } from 'zod';
import { severities } from './severity.ts';

const position = z.object({
  line: z.int().min(1).describe('1-based'),
  column: z.int().min(1).describe('1-based, in UTF-16 units'),
});

const range = z
  .object({ start: position, end: position.describe('Behind the last character') })
  .describe('A part of a file');

const place = z.object({
  file: z.string().describe('Path below the root, with /'),
  range,
  path: z
    .array(z.union([z.string(), z.int().min(0)]))
    .optional()
    .describe('Keys and indexes from the root of the file; absent where the file could not be read that far'),
});

const finding = z.object({
  code: z
    .string()
    .regex(/^[a-z]+\/[a-z0-9-]+$/)
    .describe('<family>/<slug>, never reused for something else'),
  severity: z.enum(severities),
  message: z.string().describe('What is wrong and why, one sentence'),
  place,
  related: z
    .array(z.object({ message: z.string(), place }))
    .describe('Other places that have to do with it, such as the first of two duplicates'),
  hint: z.string().optional().describe('How to fix it'),
  fix: z
    .strictObject({ place, text: z.string().describe('Takes the place of the range') })
    .optional()
    .describe('The change that mends it and can mean nothing else: `validate --fix` makes it'),
});

/** What `--format json` prints. The renderer builds values of this type; the JSON Schema is generated from it. */
export const findingsSchema = z
  .object({
    schemaVersion: z.literal(1).describe('Grows when a field goes or changes its meaning, not when one is added'),
    findings: z.array(finding).describe('Sorted by file, line, column, code and message; without repetitions'),
  })
  .describe('Findings of gatewright');

export type FindingsJson = z.infer<typeof findingsSchema>;
export type FindingJson = z.infer<typeof finding>;
export type PlaceJson = z.infer<typeof place>;
