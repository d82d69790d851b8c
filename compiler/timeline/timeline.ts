import { byCodeUnit } from '../../contract/canonical.ts';
import { schemaVersion } from '../../contract/vocabulary.ts';
import type { AnalysedEnvironment, Analysis } from '../analysis.ts';
import { positionOf } from '../diagnostics/position.ts';
import type { Timeline, TimelineEvent } from './event.ts';
import { acknowledgementOccurrences, leaverOccurrences } from './leavers.ts';
import type { Occurrence } from './occurrence.ts';
import { priceOccurrences } from './prices.ts';
import { reachIn } from './reach.ts';
import { retirementOccurrences } from './retirements.ts';

/**
 * What changes by itself after the day of an analysis, although nobody edits anything. `until` is the last day that is
 * told. Two dates of the schemas are no events: `verifiedOn` says when somebody read a price, and nothing follows from it
 * on a day; the past of a price list is past.
 */
export function timeline(analysis: Analysis, until?: string): Timeline {
  const { date, environments, findings } = analysis;
  return {
    schemaVersion,
    date,
    until: until ?? null,
    environments: environments.map(({ model }) => model.environment.name),
    errors: findings.filter(({ severity }) => severity === 'error').length,
    events: eventsOf(analysis, (on) => date < on && (until === undefined || on <= until)),
  };
}

/** What happens in several environments is one event. */
function eventsOf({ environments, documents }: Analysis, isTold: (on: string) => boolean): TimelineEvent[] {
  const events = new Map<string, TimelineEvent>();
  for (const analysed of environments) {
    const { name } = analysed.model.environment;
    for (const occurrence of occurrencesIn(analysed).filter(({ on }) => isTold(on))) {
      const { on, kind, subject, sentence, todo, affects, prices, models, tenants, at } = occurrence;
      const key = JSON.stringify([at, kind, on, sentence]);
      const known = events.get(key);
      const { line, column } = positionOf(at, documents);
      events.set(key, {
        on,
        kind,
        subject,
        environments: [...(known?.environments ?? []), name],
        sentence,
        todo,
        affects,
        prices,
        models: union(known?.models, models),
        tenants: union(known?.tenants, tenants),
        place: { file: at.file, line, column },
      });
    }
  }
  return [...events.values()].sort(byDayThenPlace);
}

function occurrencesIn(analysed: AnalysedEnvironment): Occurrence[] {
  const reachOf = reachIn(analysed);
  return [
    ...priceOccurrences(analysed, reachOf),
    ...retirementOccurrences(analysed, reachOf),
    ...leaverOccurrences(analysed),
    ...acknowledgementOccurrences(analysed),
  ];
}

function union(some: readonly string[] = [], more: readonly string[]): string[] {
  return [...new Set([...some, ...more])].sort(byCodeUnit);
}

function byDayThenPlace(a: TimelineEvent, b: TimelineEvent): number {
  return (
    byCodeUnit(a.on, b.on) ||
    byCodeUnit(a.place.file, b.place.file) ||
    a.place.line - b.place.line ||
    byCodeUnit(a.sentence, b.sentence)
  );
}
