import type { Origin, Report } from '../../diagnostics/finding.ts';
import { addDays } from '../../resolve/calendar.ts';
import { at, type Resource } from '../../resolve/resources.ts';
import type { EnvironmentCheck } from '../check.ts';

/** A price is announced some weeks ahead at most; what was read before can hardly be that price. */
const announced = 31;

interface Reading {
  readonly model: string;
  readonly effectiveFrom: string;
  readonly verifiedOn: string;
  readonly at: Origin;
}

export const pricingVerifiedOn: EnvironmentCheck = function* ({ model: { resources, date } }) {
  for (const list of resources.priceLists.values()) {
    const readings = readingsOf(list);
    yield* future(readings.filter(({ verifiedOn }) => verifiedOn > date));
    for (const { model, effectiveFrom, verifiedOn, at: where } of readings) {
      if (verifiedOn > date || addDays(verifiedOn, announced) >= effectiveFrom) continue;
      yield {
        code: 'pricing/verified-on',
        message: `the price of ${model} holds from ${effectiveFrom}, but was last read at its source on ${verifiedOn}, more than a month before`,
        at: where,
        hint: 'read it again, and write that day',
      };
    }
  }
};

function readingsOf(list: Resource<'PriceList'>): readonly Reading[] {
  return Object.entries(list.spec.models).flatMap(([model, { prices }]) =>
    prices.map(({ effectiveFrom, verifiedOn }, index) => {
      const where = at(list, 'spec', 'models', model, 'prices', index, 'verifiedOn');
      return { model, effectiveFrom, verifiedOn, at: where };
    }),
  );
}

/** Once for a list: a check of a day that is past finds whole lists that were read since. */
function* future([first, ...others]: readonly Reading[]): Iterable<Report> {
  if (first === undefined) return;
  const more = others.length === 0 ? '' : ` (and ${others.length} more of the list)`;
  yield {
    code: 'pricing/verified-on',
    message: `the price of ${first.model}${more} was read at its source on ${first.verifiedOn}, a day that is still to come`,
    at: first.at,
    hint: 'write the day on which somebody last read it',
    related: others.slice(0, 3).map((other) => ({ message: `the price of ${other.model}`, at: other.at })),
  };
}
