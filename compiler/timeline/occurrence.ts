import type { Origin } from '../diagnostics/finding.ts';
import type { TimelineEvent } from './event.ts';

/** An event of one environment, before its line is looked up and equal ones of several environments become one. */
export interface Occurrence extends Omit<TimelineEvent, 'place' | 'environments'> {
  readonly at: Origin;
}
