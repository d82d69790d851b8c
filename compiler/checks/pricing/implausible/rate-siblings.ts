import { type RateName, rateNames } from '../../../../contract/artifacts/cost-table.ts';
import { toUnits } from '../../../resolve/money.ts';
import type { Spec } from '../../../schema/kinds.ts';

type Models = Spec<'PriceList'>['models'];
type Rates = Models[string]['prices'][number]['rates'];

interface Sibling {
  readonly model: string;
  readonly rate: string;
  readonly units: bigint;
}

/** Rates of other models, in ascending order. */
export interface Others {
  readonly count: number;
  /** From 0; between two, the lower one. */
  at(position: number): Sibling;
}

/**
 * The rates of a price list as they are now, by name, to compare one with. Only models of the same sort are siblings:
 * embeddings, which have no output, are far cheaper than chat.
 */
export class RateSiblings {
  readonly #sorted = new Map<string, readonly Sibling[]>();

  constructor(models: Models) {
    const rates = new Map<string, Sibling[]>();
    for (const [model, { prices }] of Object.entries(models)) {
      const last = prices.at(-1)?.rates ?? {};
      for (const name of rateNames) {
        const rate = last[name];
        if (rate === undefined || toUnits(rate) === 0n) continue;
        const key = keyOf(name, last);
        const list = rates.get(key) ?? [];
        list.push({ model, rate, units: toUnits(rate) });
        rates.set(key, list);
      }
    }
    for (const [key, list] of rates)
      this.#sorted.set(
        key,
        list.sort((a, b) => (a.units < b.units ? -1 : 1)),
      );
  }

  of(model: string, name: RateName, rates: Rates): Others {
    const sorted = this.#sorted.get(keyOf(name, rates)) ?? [];
    const own = sorted.findIndex((sibling) => sibling.model === model);
    const count = own === -1 ? sorted.length : sorted.length - 1;
    return {
      count,
      at(position) {
        const index = Math.floor(position);
        const sibling = sorted[own !== -1 && index >= own ? index + 1 : index];
        if (sibling === undefined) throw new RangeError(`there are ${count} siblings`);
        return sibling;
      },
    };
  }
}

function keyOf(name: RateName, { output }: Rates): string {
  return `${output === undefined ? 'embedding' : 'chat'} ${name}`;
}
