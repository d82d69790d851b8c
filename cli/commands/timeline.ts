import { type TimelineFormat, type TimelineRole, timelineRenderers } from '../../compiler/timeline/renderers.ts';
import { timeline as timelineOf } from '../../compiler/timeline/timeline.ts';
import type { Console, Style } from '../console.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { analyseTree, readConfiguration, type TreeOptions } from '../tree.ts';
import { UsageError } from '../usage-error.ts';

interface TimelineOptions extends TreeOptions {
  readonly until?: string;
  readonly format: TimelineFormat;
}

export function timeline(options: TimelineOptions, console: Console): ExitCode {
  const analysis = analyseTree(readConfiguration(options), options);
  const { until, format } = options;
  if (until !== undefined && until <= analysis.date) {
    throw new UsageError(`--until ${until}: the timeline begins after ${analysis.date}`);
  }
  const style = (text: string, role: TimelineRole) => (text === '' ? text : console.style(text, styles[role]));
  console.print(timelineRenderers[format](timelineOf(analysis, until), { style }));
  return exitCodes.fine;
}

const styles: Readonly<Record<TimelineRole, Style>> = {
  day: 'bold',
  kind: 'cyan',
  fails: 'red',
  place: 'dim',
  todo: 'green',
  dim: 'dim',
};
