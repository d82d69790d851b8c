import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { analyse } from '../../../compiler/analyse.ts';
import { emit } from '../../../compiler/emit/emit.ts';
import { addDays } from '../../../compiler/resolve/calendar.ts';
import { timelineSchema } from '../../../compiler/timeline/event.ts';
import { timeline } from '../../../compiler/timeline/timeline.ts';
import { releaseArtifacts } from '../../../contract/artifacts/artifacts.ts';
import { canonicalText, digest } from '../../../contract/canonical.ts';
import { type Files, filesIn, overlay, repository, treeOf } from '../project.ts';

const start = '2026-02-15';
const complete = overlay(filesIn(join(repository, 'test/compiler/projects/complete')), {
  'gatewright.yaml': `apiVersion: gatewright/v1
kind: Project
metadata: {name: complete}
spec: {gatewayVersion: v1.4.1, promotion: [dev, prod]}
`,
});

/** Findings that look ahead or back say every day how far something is away: they tell of events and are none. */
const rolling = /^(time\/|pricing\/verified-on)/;

/** What a day gives: everything that is compiled, and what is found. */
function outcome(files: Files, date: string) {
  const { environments, findings } = analyse({ tree: treeOf(files), date });
  const found = findings.filter(({ code }) => !rolling.test(code));
  const artifacts = environments.flatMap(({ model, table }) => {
    const emission = emit(model, table);
    return releaseArtifacts.map(
      (name) =>
        `${model.environment.name}/${name} ${digest(canonicalText(emission[name].value, emission[name].evaluatedInOrder)).slice(0, 8)}`,
    );
  });
  const lines = found.map(({ code, place }) => `${code} ${place.file}:${place.range.start.line}`);
  return [...artifacts, ...lines];
}

interface Dates {
  readonly price: string;
  readonly discountFrom: string;
  readonly discountUntil: string;
  readonly retires: string;
  readonly leaves: string;
}

/** An acknowledgement that ends late is a finding until its end is near. */
const withoutAcknowledgement = overlay(complete, {
  'infra/environments/prod.yaml': (complete['infra/environments/prod.yaml'] ?? '').replace(/\n {4}acknowledge: .*/, ''),
});

/** The complete project, with prices, a discount, a retirement and a tenant that leaves on the given days. */
function projectOn(
  { price, discountFrom, discountUntil, retires, leaves }: Dates,
  base = withoutAcknowledgement,
): Files {
  const row = (from: string, input: string) =>
    `{effectiveFrom: ${from}, rates: {input: "${input}", output: "15", cacheRead: "1", cacheWrite: "4"}, source: https://prices.example, verifiedOn: ${from}}`;
  return overlay(base, {
    'pricing/main.yaml': `apiVersion: gatewright/v1
kind: PriceList
metadata: {name: main}
spec:
  models:
    claude-9: {prices: [${row('2026-01-01', '3')}, ${row(price, '4')}]}
    embed-9: {prices: [{effectiveFrom: 2026-01-01, rates: {input: "1"}, source: https://prices.example, verifiedOn: 2026-01-01}]}
    gpt-9: {prices: [${row('2026-01-01', '3')}]}
    gpt-10: {retiresOn: ${retires}, prices: [${row('2026-01-01', '3')}]}
  discounts: [{percent: "10", from: ${discountFrom}, until: ${discountUntil}, models: ["gpt-*"]}]
`,
    'tenants/gone.yaml': `apiVersion: gatewright/v1
kind: Tenant
metadata: {name: gone, displayName: Gone, owners: ["@acme/full"], costCenter: CC-3}
spec:
  status: retired
  retiredOn: ${leaves}
  tier: standard
  routing: base
  clients: [{name: default}]
`,
  });
}

const dayWithin = (from: number, to: number) => fc.integer({ min: from, max: to }).map((days) => addDays(start, days));
const dates = fc.record({
  price: dayWithin(-20, 400),
  discountFrom: dayWithin(-20, 200),
  discountUntil: dayWithin(201, 400),
  retires: dayWithin(-20, 400),
  leaves: dayWithin(-20, 400),
});

describe('the timeline', () => {
  it('has no day on which nothing changes, and misses none on which something does', { timeout: 1_800_000 }, () => {
    fc.assert(
      fc.property(dates, fc.array(dayWithin(0, 450), { minLength: 3, maxLength: 3 }), (given, days) => {
        const files = projectOn(given);
        const { events } = timeline(analyse({ tree: treeOf(files), date: start }));
        const eventDays = [...new Set(events.filter(({ affects }) => affects[0] !== 'deployment').map(({ on }) => on))];
        for (const day of eventDays) {
          expect(outcome(files, day), day).not.toEqual(outcome(files, addDays(day, -1)));
        }
        for (const day of days) {
          const since = eventDays.filter((on) => on <= day).at(-1) ?? start;
          expect(outcome(files, day), `${since}..${day}`).toEqual(outcome(files, since));
        }
      }),
      { numRuns: process.env['NIGHTLY'] === '1' ? 500 : 8 },
    );
  });

  it('holds for every day of the example until its last event', () => {
    const files = filesIn(repository);
    const from = '2026-11-24';
    const told = timeline(analyse({ tree: treeOf(files), date: from }));
    expect(timelineSchema.parse(told)).toEqual(told);
    const eventDays = [...new Set(told.events.map(({ on }) => on))];
    let since = from;
    for (const day of eventDays) {
      expect(outcome(files, addDays(day, -1)), day).toEqual(outcome(files, since));
      expect(outcome(files, day), day).not.toEqual(outcome(files, since));
      since = day;
    }
  });

  it('tells what concerns a deploy only: the end of a quarantine and of an acknowledgement', () => {
    const files = projectOn(
      {
        price: start,
        discountFrom: start,
        discountUntil: start,
        retires: start,
        leaves: '2026-03-01',
      },
      complete,
    );
    const { events } = timeline(analyse({ tree: treeOf(files), date: start, environments: ['prod'] }), '2026-12-31');
    const told = events.map(({ on, kind, affects, place }) => `${on} ${kind} ${affects.join()} ${place.file}`);
    expect(told).toEqual([
      '2026-02-16 discount-ends artifacts pricing/main.yaml',
      '2026-03-01 tenant-retires artifacts tenants/gone.yaml',
      '2026-03-15 quarantine-ends deployment tenants/gone.yaml',
      '2026-12-16 acknowledgement-expires deployment infra/environments/prod.yaml',
    ]);
  });
});
