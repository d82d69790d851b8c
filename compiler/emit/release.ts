import {
  type Artifacts,
  type EmittedArtifact,
  emittedArtifacts,
  releaseArtifacts,
} from '../../contract/artifacts/artifacts.ts';
import type { Manifest, Provenance, Sourcemap } from '../../contract/artifacts/manifest.ts';
import { canonicalText, digest, type Json } from '../../contract/canonical.ts';
import { schemaVersion } from '../../contract/vocabulary.ts';
import type { Origin, Path, Position } from '../diagnostics/finding.ts';
import type { Emission } from './emit.ts';

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
  const sourcemap: Sourcemap = {
    schemaVersion,
    environment,
    artifacts: mapped(emittedArtifacts, (name) => pointers(emission[name].sources, locate)),
  };
  return {
    environment,
    id,
    artifacts: {
      ...texts,
      'manifest.json': manifestText,
      'provenance.json': canonicalText(provenance),
      'sourcemap.json': canonicalText(sourcemap as Json),
    },
  };
}

function mapped<N extends string, T>(names: readonly N[], of: (name: N) => T): Record<N, T> {
  return Object.fromEntries(names.map((name) => [name, of(name)])) as Record<N, T>;
}

/** A place in the file of the nearest entry above is written without it; one that is the same is not written at all. */
function pointers(
  sources: Emission[EmittedArtifact]['sources'],
  locate: (origin: Origin) => Position,
): Record<string, string> {
  const places = new Map<string, Place>();
  for (const { path, origin } of sources) {
    const { line, column } = locate(origin);
    places.set(jsonPointer(path), { file: origin.file, position: `${line}:${column}` });
  }
  const written: Record<string, string> = {};
  for (const [pointer, { file, position }] of places) {
    const above = placeAbove(pointer, places);
    if (above?.file !== file) written[pointer] = `${file}:${position}`;
    else if (above.position !== position) written[pointer] = position;
  }
  return written;
}

interface Place {
  readonly file: string;
  readonly position: string;
}

function placeAbove(pointer: string, places: ReadonlyMap<string, Place>): Place | undefined {
  for (let end = pointer.lastIndexOf('/'); end !== -1; end = end === 0 ? -1 : pointer.lastIndexOf('/', end - 1)) {
    const place = places.get(pointer.slice(0, end));
    if (place !== undefined) return place;
  }
  return undefined;
}

/** RFC 6901. */
function jsonPointer(path: Path): string {
  let pointer = '';
  for (const part of path) {
    const text = String(part);
    pointer += `/${/[~/]/.test(text) ? text.replaceAll('~', '~0').replaceAll('/', '~1') : text}`;
  }
  return pointer;
}
