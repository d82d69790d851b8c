import { jsonText } from '../diagnostics/render/json-text.ts';
import { counted } from '../diagnostics/render/summary.ts';
import { visible } from '../diagnostics/render/visible.ts';
import { wrapped } from '../diagnostics/render/wrapped.ts';
import { veiledData } from '../diagnostics/secret.ts';
import type { Effect, Timeline, TimelineEvent } from './event.ts';

/** What a piece of text is, for the one who colours it. */
export type TimelineRole = 'day' | 'kind' | 'fails' | 'place' | 'todo' | 'dim';
type Style = (text: string, role: TimelineRole) => string;

/** Pure: the same timeline and style give the same text. */
export type TimelineRenderer = (timeline: Timeline, context?: { readonly style?: Style }) => string;

const width = 110;
const unstyled: Style = (text) => text;

const text: TimelineRenderer = (timeline, { style = unstyled } = {}) => {
  const { date, until, environments, events } = timeline;
  const span = until === null ? `after ${date}` : `after ${date}, until ${until}`;
  const where = `in ${environments.join(', ') || 'no environment'}`;
  const days = [...new Set(events.map(({ on }) => on))];
  const blocks = days.map((day) => {
    const own = events.filter(({ on }) => on === day);
    return [style(day, 'day'), ...own.flatMap((event) => lines(event, environments, style)), ''];
  });
  const count =
    events.length === 0
      ? 'nothing changes by itself'
      : `${counted(events.length, 'change')} on ${counted(days.length, 'day')}`;
  return [...blocks.flat(), `${count} ${span}, ${where}`, ...notes(timeline, style), ''].join('\n');
};

function lines(event: TimelineEvent, all: readonly string[], style: Style): string[] {
  const { kind, environments, sentence, todo, affects, prices, models, tenants, place } = event;
  const within = environments.length === all.length ? '' : ` [${environments.join(', ')}]`;
  const where = `${visible(place.file)}:${place.line}`;
  const head = `${kind}${within}`;
  const gap = ' '.repeat(Math.max(2, width - 2 - head.length - where.length));
  const role = affects.includes('findings') ? 'fails' : 'kind';
  return [
    `  ${style(head, role)}${gap}${style(where, 'place')}`,
    ...paragraph('', sentence, 'dim', (line) => line),
    ...(kind === 'discount-begins' || kind === 'discount-ends'
      ? prices.map((price) => style(`    ${priceText(price)}`, 'dim'))
      : []),
    ...(models.length === 0 ? [] : paragraph('models   ', models.join(', '), 'dim', style)),
    ...(tenants.length === 0 || isTheSubject(event) ? [] : paragraph('tenants  ', tenants.join(', '), 'dim', style)),
    ...paragraph('changes  ', affects.map((effect) => effectWords[effect]).join(', '), 'dim', style),
    ...paragraph('do       ', todo, 'todo', style),
  ];
}

const effectWords: Readonly<Record<Effect, string>> = {
  artifacts: 'what compile writes',
  findings: 'what validate finds',
  deployment: 'what a deploy does',
};

function isTheSubject({ tenants, subject }: TimelineEvent): boolean {
  return tenants.length === 1 && tenants[0] === subject;
}

function priceText({ provider, model, before, after }: TimelineEvent['prices'][number]): string {
  const rate = (name: 'input' | 'output') =>
    after[name] === undefined ? [] : [`${name} ${before?.[name] ?? 'none'} → ${after[name]}`];
  return visible(`${model} of ${provider}: ${[...rate('input'), ...rate('output')].join(', ')}`);
}

/** What follows a label stays behind it. */
function paragraph(label: string, sentence: string, role: TimelineRole, style: Style): string[] {
  return wrapped(visible(sentence), width - 4 - label.length).map(
    (row, index) => `    ${style(index === 0 ? label : ' '.repeat(label.length), 'dim')}${style(row, role)}`,
  );
}

function notes({ errors }: Timeline, style: Style): string[] {
  if (errors === 0) return [];
  return [
    style(
      `The configuration has ${counted(errors, 'error')}, so this is only what is known: gatewright validate`,
      'fails',
    ),
  ];
}

const json: TimelineRenderer = (timeline) => `${jsonText(timeline)}\n`;

function veiling(render: TimelineRenderer): TimelineRenderer {
  return (timeline, context) => render(veiledData(timeline), context);
}

/** Every form that a timeline can be printed in. What looks like a secret is printed in none. The JSON is described by `timelineSchema`. */
export const timelineRenderers = {
  text: veiling(text),
  json: veiling(json),
} as const satisfies Readonly<Record<string, TimelineRenderer>>;

export type TimelineFormat = keyof typeof timelineRenderers;
