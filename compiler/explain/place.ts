import { z } from 'zod';
import type { Analysis } from '../analysis.ts';
import type { Origin } from '../diagnostics/finding.ts';
import { positionOf } from '../diagnostics/position.ts';
import { valueAt } from '../diagnostics/value-at.ts';
import { isOverride } from '../resolve/tenant.ts';

export const place = z.strictObject({ file: z.string(), line: z.int(), column: z.int() });
export type Place = z.infer<typeof place>;

/** What may decide a value, the strongest first; `default` is built in and has no place. */
const layers = ['environment', 'override', 'tenant', 'tier', 'profile', 'default'] as const;
export type Layer = (typeof layers)[number];

/** A value with the layer and the place that decided it, and what belongs to it. */
export function layered<S extends z.ZodType, M extends z.ZodRawShape = Record<never, never>>(value: S, more?: M) {
  return z.strictObject({
    value,
    layer: z.enum(layers),
    place: place.nullable().describe('null: built in'),
    ...((more ?? {}) as M),
  });
}

export interface Layered<T> {
  readonly value: T;
  readonly layer: Layer;
  readonly place: Place | null;
}

/** Lines of what is told. They are looked up here and nowhere else, one by one. */
export class Places {
  readonly #documents: Analysis['documents'];
  readonly #tiers: string | undefined;

  constructor({ documents, resources }: Analysis) {
    this.#documents = documents;
    this.#tiers = resources.tiers?.file;
  }

  of(origin: Origin): Place {
    const { line, column } = positionOf(origin, this.#documents);
    return { file: origin.file, line, column };
  }

  /** Schemas fill in what a file leaves out: only the file itself knows who wrote a value. */
  isWritten({ file, path }: Origin): boolean {
    return valueAt(this.#documents.get(file)?.value, path) !== undefined;
  }

  decided<T>(value: T, origin: Origin): Layered<T> {
    const layer = this.#layerOf(origin);
    return { value, layer, place: layer === 'default' ? null : this.of(origin) };
  }

  #layerOf(origin: Origin): Layer {
    const { file } = origin;
    if (!this.isWritten(origin)) return 'default';
    if (file === this.#tiers) return 'tier';
    if (file.startsWith('routing/profiles/')) return 'profile';
    return isOverride(origin) ? 'override' : 'tenant';
  }
}
