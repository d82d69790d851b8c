import { type Artifacts, emittedArtifacts, releaseArtifacts } from '../../contract/artifacts/artifacts.ts';
import type { Manifest, Provenance, Sourcemap } from '../../contract/artifacts/manifest.ts';
import { canonicalText, digest, type Json } from '../../contract/canonical.ts';
import { schemaVersion } from '../../contract/vocabulary.ts';
import type { Origin, Position } from '../diagnostics/finding.ts';
import type { Emission } from './emit.ts';
import { SourceTexts } from './source-texts.ts';

/** A compiled environment: what is written to `<out>/<env>/` and deployed. */
export interface Release {
  readonly environment: string;
  /** SHA-256 of manifest.json. */
  readonly id: string;
  readonly artifacts: Artifacts;
}

/** What provenance.json says beside the release itself. */
export interface Circumstances {
  readonly commit: string | null;
  readonly inputs: string;
  readonly date: string;
  readonly toolVersion: string;
}

export function assemble(
  environment: string,
  emission: Emission,
  circumstances: Circumstances,
  locate: (origin: Origin) => Position,
): Release {
  const texts = mapped(emittedArtifacts, (name) => {
    const { value, evaluatedInOrder, indent } = emission[name];
    return canonicalText(value, evaluatedInOrder, indent);
  });
  const manifest: Manifest = {
    schemaVersion,
    environment,
    artifacts: mapped(releaseArtifacts, (name) => digest(texts[name])),
  };
  const manifestText = canonicalText(manifest);
  const id = digest(manifestText);
  const provenance: Provenance = { schemaVersion, environment, release: id, ...circumstances };
  const places = new SourceTexts(locate);
  const sourcemap: Sourcemap = {
    schemaVersion,
    environment,
    artifacts: mapped(emittedArtifacts, (name) => places.of(emission[name].sources)),
  };
  return {
    environment,
    id,
    artifacts: {
      ...texts,
      'manifest.json': manifestText,
      'provenance.json': canonicalText(provenance),
      'sourcemap.json': canonicalText(sourcemap as Json, places.indexed),
    },
  };
}

function mapped<N extends string, T>(names: readonly N[], of: (name: N) => T): Record<N, T> {
  return Object.fromEntries(names.map((name) => [name, of(name)])) as Record<N, T>;
}
