import { type Risk, risks } from '../../../contract/vocabulary.ts';
import { visible } from '../../diagnostics/render/visible.ts';
import { type Change, type Comparison, summarise } from '../change.ts';
import { counted } from '../words.ts';
import type { DiffRenderContext, DiffRenderer } from './renderer.ts';

type Style = NonNullable<DiffRenderContext['style']>;

const unstyled: Style = (text) => text;

/** For people: the worst first, each sentence with its place, then one line that counts. */
export const text: DiffRenderer = (comparison, { style = unstyled } = {}) => {
  const blocks = [...risks].reverse().flatMap((risk) => block(risk, comparison, style));
  const notes = comparison.notes.map((note) => `${style('note', 'note')} ${visible(note)}\n`);
  return [...notes, ...blocks, `${summaryText(comparison)}\n`].join('\n');
};

function block(risk: Risk, comparison: Comparison, style: Style): string[] {
  const changes = comparison.changes.filter((change) => change.risk === risk);
  if (changes.length === 0) return [];
  return [[style(risk, risk), ...changes.flatMap((change) => lines(change, comparison, style)), ''].join('\n')];
}

function lines(change: Change, { environments }: Comparison, style: Style): string[] {
  const { file, range, side } = change.place;
  const where = `${visible(file)}:${range.start.line}:${range.start.column}${side === 'base' ? ' (base)' : ''}`;
  const everywhere = change.environments.length === environments.length;
  const within = everywhere ? '' : ` [${change.environments.map(visible).join(', ')}]`;
  return [`  ${visible(change.sentence)}${style(within, 'note')}`, `    ${style(where, 'place')}`];
}

/** `2 dangerous, 1 caution, 3 safe changes from main to working tree in dev, prod`. */
export function summaryText({ changes, base, head, environments }: Comparison): string {
  const counts = summarise(changes);
  const told = [...risks].reverse().flatMap((risk) => (counts[risk] === 0 ? [] : [`${counts[risk]} ${risk}`]));
  const what = told.length === 0 ? 'no changes' : `${counted(changes.length, 'change')} (${told.join(', ')})`;
  return visible(`${what} from ${base.label} to ${head.label} in ${environments.join(', ') || 'no environment'}`);
}
