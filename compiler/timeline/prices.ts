import { rateNames } from '../../contract/artifacts/cost-table.ts';
import type { AnalysedEnvironment } from '../analysis.ts';
import { addDays } from '../resolve/calendar.ts';
import type { PricedRow } from '../resolve/model.ts';
import { at } from '../resolve/resources.ts';
import type { Occurrence } from './occurrence.ts';
import type { ReachOf } from './reach.ts';

/** A price row that comes into force, with the one that it follows. */
interface Step {
  readonly before: PricedRow | undefined;
  readonly after: PricedRow;
}

const redeploy = 'schedule a deploy on this day: until then the gateway computes with the old rates';

/** The gateway knows one rate at a time: each step in its catalogue is a change of what compile writes. */
export function priceOccurrences(analysed: AnalysedEnvironment, reachOf: ReachOf): Occurrence[] {
  const steps = stepsOf(analysed.model.prices.rows).filter(({ before, after }) => tariff(before) !== tariff(after));
  const own = steps.filter(
    ({ before, after }) => before === undefined || before.origin.path.at(-1) !== after.origin.path.at(-1),
  );
  return [...own.map((step) => priceStep(step, reachOf)), ...discountSteps(analysed, steps, reachOf)];
}

function stepsOf(rows: readonly PricedRow[]): Step[] {
  return rows.map((after, index) => {
    const previous = rows[index - 1];
    const follows = previous !== undefined && previous.provider === after.provider && previous.model === after.model;
    return { before: follows ? previous : undefined, after };
  });
}

/** What the gateway is told of a row. */
function tariff(row: PricedRow | undefined): string {
  return row === undefined ? '' : JSON.stringify([row.rates, row.tiers]);
}

function priceStep({ before, after }: Step, reachOf: ReachOf): Occurrence {
  const what = before === undefined ? 'gets its first price' : 'changes its price';
  return {
    on: after.from,
    kind: 'price',
    subject: after.model,
    sentence: `${after.model} of ${after.provider} ${what}: ${ratesText(before, after)}`,
    todo: redeploy,
    affects: ['artifacts'],
    prices: [change({ before, after })],
    ...reachOf(after.provider, after.model, after.from),
    at: { file: after.origin.file, path: [...after.origin.path, 'effectiveFrom'] },
  };
}

/** A discount is one event, however many models it is for. */
function discountSteps({ model }: AnalysedEnvironment, steps: readonly Step[], reachOf: ReachOf): Occurrence[] {
  return [...model.resources.priceLists.values()].flatMap((list) =>
    list.spec.discounts.flatMap(({ percent, from, until }, index): Occurrence[] => {
      const edges = [
        { on: from, kind: 'discount-begins', field: 'from', verb: 'begins' },
        { on: addDays(until, 1), kind: 'discount-ends', field: 'until', verb: 'is over' },
      ] as const;
      return edges.flatMap(({ on, kind, field, verb }): Occurrence[] => {
        const touched = steps.filter(
          ({ before, after }) =>
            after.from === on &&
            after.priceList === list.name &&
            (kind === 'discount-begins' ? after : before)?.discountPercent === percent &&
            before?.discountPercent !== after.discountPercent,
        );
        if (touched.length === 0) return [];
        const reaches = touched.map(({ after }) => reachOf(after.provider, after.model, on));
        const names = [...new Set(touched.map(({ after }) => after.model))];
        return [
          {
            on,
            kind,
            subject: list.name,
            sentence: `the discount of ${percent} % of price list ${list.name} ${verb}, for ${names.length === 1 ? names[0] : `${names.length} models`}`,
            todo: kind === 'discount-ends' ? `${redeploy}, or append the next discount` : redeploy,
            affects: ['artifacts'],
            prices: touched.map(change),
            models: [...new Set(reaches.flatMap(({ models }) => models))].sort(),
            tenants: [...new Set(reaches.flatMap(({ tenants }) => tenants))].sort(),
            at: at(list, 'spec', 'discounts', index, field),
          },
        ];
      });
    }),
  );
}

function change({ before, after }: Step): Occurrence['prices'][number] {
  return { provider: after.provider, model: after.model, before: before?.rates ?? null, after: after.rates };
}

function ratesText(before: PricedRow | undefined, after: PricedRow): string {
  const changed = rateNames.filter((name) => before?.rates[name] !== after.rates[name]);
  const told = changed.map((name) =>
    before === undefined
      ? `${name} ${after.rates[name]}`
      : `${name} ${before.rates[name] ?? 'none'} → ${after.rates[name] ?? 'none'}`,
  );
  return told.length === 0 ? 'its rates beyond a context size change' : told.join(', ');
}
