import type { Origin, Path } from '../diagnostics/finding.ts';
import { valueAt } from '../diagnostics/value-at.ts';

/** One place that may decide a value. `base` is where `value` stands in its file. */
export interface Layer {
  readonly file: string;
  readonly base: Path;
  readonly value: unknown;
}

/** Layers in order of precedence: the first that says something about a path decides it. */
export type Layers = readonly Layer[];

export interface Decided {
  readonly value: unknown;
  readonly origin: Origin;
}

/** The decision about one value, with the place that made it. Provenance is this same walk, so the two cannot disagree. */
export function decide(layers: Layers, path: Path): Decided | undefined {
  for (const layer of layers) {
    const value = valueAt(layer.value, path);
    if (value !== undefined) return { value, origin: { file: layer.file, path: [...layer.base, ...path] } };
  }
  return undefined;
}

/** Keys that any layer has below `path`. */
export function keysOf(layers: Layers, path: Path): string[] {
  const keys = new Set<string>();
  for (const layer of layers) {
    const value = valueAt(layer.value, path);
    if (typeof value === 'object' && value !== null) for (const key of Object.keys(value)) keys.add(key);
  }
  return [...keys].sort();
}
