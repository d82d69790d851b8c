import type { Risk } from '../contract/vocabulary.ts';
import type { Action, ArtifactChange, Plan } from '../deployer/plan.ts';
import type { Console, Style } from './console.ts';
import { enforcementText } from './enforcement-text.ts';
import { excerpt, excerpts } from './excerpt.ts';

const riskStyle: Readonly<Record<Risk, Style>> = { safe: 'green', caution: 'yellow', dangerous: 'red' };
const mostActions = 60;
const mostChanges = 40;

/** A plan for people. Everything in it is in the JSON as well, and there nothing is cut. */
export function planText(plan: Plan, console: Console): string {
  if (plan.actions.length === 0)
    return `${plan.environment}: nothing to change, release ${short(plan.release.after)} runs\n`;
  const before = plan.release.before === null ? 'nothing' : short(plan.release.before);
  return [
    `${console.style(`plan for ${plan.environment}`, 'bold')}: ${before} → ${short(plan.release.after)}`,
    ...limited(changeLines(plan.changes), mostChanges, 'changed values'),
    ...limited(
      plan.actions.map((action) => actionLine(action, console)),
      mostActions,
      'actions',
    ),
    `${count(plan.actions.length, 'action')}: ${summary(plan.actions)}`,
    ...enforcementText(plan.enforcement, console),
    '',
  ].join('\n');
}

function actionLine(action: Action, console: Console): string {
  const why = action.reasons.length === 0 ? '' : console.style(`  ${action.reasons.join('; ')}`, 'dim');
  return `  ${console.style(action.risk.padEnd(9), riskStyle[action.risk])} ${action.kind.padEnd(19)} ${subject(action)}${why}`;
}

function subject({ kind, key }: Action): string {
  return kind === 'upload-release' ? short(key) : key;
}

/** The gateway's config follows from the rest, in text that nobody reads: it is shown only where nothing else explains it. */
function changeLines(changes: readonly ArtifactChange[]): string[] {
  const derived = changes.filter(({ artifact }) => artifact === 'agentgateway.json');
  const telling = changes.filter(({ artifact }) => artifact !== 'agentgateway.json');
  if (telling.length === 0) return derived.map(changeLine);
  const rest =
    derived.length === 0 ? [] : [`  agentgateway.json: ${count(derived.length, 'value')} that follow from these`];
  return [...telling.map(changeLine), ...rest];
}

function changeLine(change: ArtifactChange): string {
  const where = `  ${change.artifact} ${change.pointer}`;
  switch (change.kind) {
    case 'added':
      return `${where}: added ${excerpt(change.after)}`;
    case 'removed':
      return `${where}: removed ${excerpt(change.before)}`;
    case 'changed':
      return `${where}: ${excerpts(change.before, change.after).join(' → ')}`;
  }
}

function limited(lines: readonly string[], most: number, what: string): string[] {
  if (lines.length <= most) return [...lines];
  return [...lines.slice(0, most), `  … and ${lines.length - most} more ${what} (--format json has all)`];
}

function summary(actions: readonly Action[]): string {
  const counts = new Map<string, number>();
  for (const { kind } of actions) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  return [...counts].map(([kind, n]) => `${n} ${kind}`).join(', ');
}

export function short(digest: string): string {
  return digest.slice(0, 12);
}

export function count(n: number, noun: string, plural = `${noun}s`): string {
  return `${n} ${n === 1 ? noun : plural}`;
}
