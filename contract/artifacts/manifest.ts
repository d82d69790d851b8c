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
 * Where a value was decided in the YAML: `file:line:column`, or `line:column` in the file of the nearest place above.
 * Of an object or a list its own place is under the empty key, and those of its values under theirs. What has no place
 * of its own has the nearest one above.
 */
export type SourcePlaces = string | { readonly [key: string]: SourcePlaces };
const sourcePlacesSchema: z.ZodType<SourcePlaces> = z.lazy(() =>
  z.union([z.string(), z.record(z.string(), sourcePlacesSchema)]),
);

/** Of each artifact. */
export const sourcemapSchema = z.strictObject({
  schemaVersion: z.literal(schemaVersion),
  environment: z.string(),
  artifacts: z.record(z.string(), sourcePlacesSchema),
});
export type Sourcemap = z.infer<typeof sourcemapSchema>;
