import { visible } from '../../../compiler/diagnostics/render/visible.ts';
import type { Coverage } from '../coverage.ts';
import { failures, type RenderContext, type Renderer } from '../report.ts';
import type { Result, Status } from '../runner.ts';
import { reasonsOf } from './reasons.ts';

/** For people: what did not pass, once for all environments in which it is the same; then what was never tried; then a count. */
export const text: Renderer = ({ results, coverage }, context) =>
  [
    ...grouped(results.filter(({ status }) => status !== 'passed')).map((group) => block(group, context)),
    ...grouped(results.filter(partly)).map((group) => block(group, context)),
    ...(coverage ?? []).map((each) => coverageBlock(each, context)),
    `${summary(results)}\n`,
  ].join('\n');

/** Passed on one engine, while another did not run it. */
function partly({ status, verdicts }: Result): boolean {
  return status === 'passed' && verdicts.some(({ kind }) => kind === 'not-run');
}

interface Group {
  readonly result: Result;
  readonly environments: string[];
}

function grouped(results: readonly Result[]): Group[] {
  const groups = new Map<string, Group>();
  for (const result of results) {
    const { file, name } = result.case;
    const key = JSON.stringify([file, name, result.status, reasonsOf(result)]);
    const known = groups.get(key);
    if (known === undefined) groups.set(key, { result, environments: [result.environment] });
    else known.environments.push(result.environment);
  }
  return [...groups.values()];
}

const words: Readonly<Record<Status, string>> = {
  passed: 'passed',
  failed: 'failed',
  disagreement: 'failed: the engines disagree',
  invalid: 'failed: the case makes no sense',
  'not-run': 'not run',
};

function block({ result, environments }: Group, { style }: RenderContext): string {
  const { file, position, test, name } = result.case;
  const role = failures.has(result.status) ? 'failed' : result.status === 'passed' ? 'passed' : 'not-run';
  const place = style(`${file}:${position.line}:${position.column}`, 'place');
  return [
    `${place} ${style(words[result.status], role)} in ${environments.join(', ')}`,
    `  ${visible(`${test}: ${name}`)}`,
    ...reasonsOf(result).map((reason) => `  ${visible(reason)}`),
    '',
  ].join('\n');
}

const mostMissing = 12;

function coverageBlock({ environment, groups, notes }: Coverage, { style }: RenderContext): string {
  const lines = groups.flatMap(({ name, total, missing }) => [
    `  ${name}: ${total - missing.length} of ${total} exercised`,
    ...missing.slice(0, mostMissing).map((item) => `    never ${visible(item)}`),
    ...(missing.length > mostMissing ? [`    … and ${missing.length - mostMissing} more (--format json has all)`] : []),
  ]);
  return [
    `${style(`coverage of ${environment}`, 'place')}`,
    ...lines,
    ...notes.map((note) => `  note: ${note}`),
    '',
  ].join('\n');
}

function summary(results: readonly Result[]): string {
  if (results.length === 0) return 'no config tests ran';
  const files = new Set(results.map(({ case: one }) => one.file)).size;
  const cases = new Set(results.map(({ case: one }) => `${one.file}\n${one.name}`)).size;
  const environments = [...new Set(results.map(({ environment }) => environment))].sort();
  const count = (of: (result: Result) => boolean) => results.filter(of).length;
  const counts = [
    `${count(({ status }) => status === 'passed')} passed`,
    ...optional(
      count(({ status }) => failures.has(status)),
      'failed',
    ),
    ...optional(
      count(({ status }) => status === 'not-run'),
      'not run',
    ),
  ];
  const engines = new Set(results.flatMap(({ verdicts }) => verdicts.map(({ engine }) => engine)));
  return `${counted(cases, 'case')} in ${counted(files, 'file')}, run in ${environments.join(', ')} on ${[...engines].join(' and ')}: ${counts.join(', ')}`;
}

function optional(count: number, word: string): string[] {
  return count === 0 ? [] : [`${count} ${word}`];
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
