import { z } from 'zod';
import { schemaVersion } from '../vocabulary.ts';

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

/** The release id is the SHA-256 of this artifact's text. */
export const manifestSchema = z.strictObject({
  schemaVersion: z.literal(schemaVersion),
  environment: z.string(),
  artifacts: z.record(z.string(), sha256),
});
export type Manifest = z.infer<typeof manifestSchema>;

/** Where a release came from. Not part of the release id: a comment changes no release. */
export const provenanceSchema = z.strictObject({
  schemaVersion: z.literal(schemaVersion),
  environment: z.string(),
  release: sha256,
  commit: z.string().nullable(),
  inputs: sha256.describe('Digest over the path and text of every file that was read'),
  date: z.iso.date(),
  toolVersion: z.string(),
});
export type Provenance = z.infer<typeof provenanceSchema>;

/**
 * Artifact → JSON pointer → `file:line:column` of the YAML that decided the value, or `line:column` in the file of the
 * nearest entry above. A value without an entry of its own has that of the nearest one above.
 */
export const sourcemapSchema = z.strictObject({
  schemaVersion: z.literal(schemaVersion),
  environment: z.string(),
  artifacts: z.record(z.string(), z.record(z.string(), z.string())),
});
export type Sourcemap = z.infer<typeof sourcemapSchema>;
