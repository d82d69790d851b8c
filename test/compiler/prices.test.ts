import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CostTable, PriceRow } from '../../contract/artifacts/cost-table.ts';
import { minimal, overlay, parsed, releaseOf } from './project.ts';

interface Discount {
  readonly percent: number;
  readonly from: string;
  readonly until: string;
}

/** The n-th day of 2026. */
function dayOf(n: number): string {
  return new Date(Date.UTC(2026, 0, n)).toISOString().slice(0, 10);
}

/** Up to four prices on different days, the first on 1 January, and up to three discounts that do not overlap. */
const history = fc.record({
  starts: fc.uniqueArray(fc.integer({ min: 2, max: 365 }), { maxLength: 3 }).map((days) => [1, ...days.sort(byNumber)]),
  discounts: fc
    .uniqueArray(fc.integer({ min: 1, max: 365 }), { minLength: 2, maxLength: 6 })
    .map((days) => days.sort(byNumber))
    .chain((days) =>
      fc.array(fc.constantFrom(5, 10, 25, 50), { minLength: 3, maxLength: 3 }).map((percents): Discount[] =>
        percents.flatMap((percent, i) => {
          const [from, until] = days.slice(2 * i, 2 * i + 2);
          return from === undefined || until === undefined ? [] : [{ percent, from: dayOf(from), until: dayOf(until) }];
        }),
      ),
    ),
});

function byNumber(a: number, b: number): number {
  return a - b;
}

function rowsOf(starts: readonly number[], discounts: readonly Discount[]): readonly PriceRow[] {
  const prices = starts.map((start, i) => ({
    effectiveFrom: dayOf(start),
    rates: { input: `${i + 1}`, output: '20' },
    source: 'https://prices.example',
    verifiedOn: '2026-11-01',
  }));
  const list = {
    apiVersion: 'gatewright/v1',
    kind: 'PriceList',
    metadata: { name: 'list' },
    spec: {
      models: { 'claude-sonnet': { prices } },
      discounts: discounts.map(({ percent, from, until }) => ({
        percent: `${percent}`,
        from,
        until,
        models: ['claude-*'],
      })),
    },
  };
  const release = releaseOf(overlay(minimal, { 'pricing/list.yaml': JSON.stringify(list) }), 'dev');
  return parsed<CostTable>(release, 'cost-table.json').rows;
}

describe('the rows of the cost table', () => {
  it('give each day one price: the latest that has begun, less the discount of that day', () => {
    const property = fc.property(history, ({ starts, discounts }) => {
      const rows = rowsOf(starts, discounts);
      for (let n = 1; n <= 366; n += 1) {
        const date = dayOf(n);
        const ofDay = rows.filter(({ from, until }) => from <= date && (until === null || date < until));
        const price = starts.filter((start) => start <= n).length;
        const percent = discounts.find(({ from, until }) => from <= date && date <= until)?.percent ?? 0;
        expect(ofDay.map(({ rates }) => Number(rates.input))).toEqual([(price * (100 - percent)) / 100]);
        expect(ofDay[0]?.discountPercent).toBe(percent === 0 ? null : `${percent}`);
      }
    });
    fc.assert(property, { numRuns: 25 });
  });

  it('follow each other without a gap, the last one open', () => {
    const property = fc.property(history, ({ starts, discounts }) => {
      const rows = rowsOf(starts, discounts);
      expect(rows.slice(1).map(({ from }) => from)).toEqual(rows.slice(0, -1).map(({ until }) => until));
      expect(rows.at(-1)?.until).toBeNull();
    });
    fc.assert(property, { numRuns: 10 });
  });
});
