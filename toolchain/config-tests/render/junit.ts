import { failures, type Renderer } from '../report.ts';
import type { Result } from '../runner.ts';
import { reasonsOf } from './reasons.ts';

/** JUnit XML: one suite per test file and environment. */
export const junit: Renderer = ({ results }) => {
  const suites = new Map<string, Result[]>();
  for (const result of results) {
    const name = `${result.case.test} (${result.environment})`;
    suites.set(name, [...(suites.get(name) ?? []), result]);
  }
  return document([...suites].map(([name, members]) => suite(name, members)));
};

/** A configuration that does not compile has one test, which says so. */
export function junitOfFindings(text: string): string {
  const failed = element('failure', { message: 'the configuration has errors' }, escaped(text));
  const one = element('testcase', { classname: 'configuration', name: 'compiles' }, failed);
  return document([element('testsuite', { name: 'configuration', tests: '1', failures: '1', skipped: '0' }, one)]);
}

function document(suites: readonly string[]): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${element('testsuites', {}, suites.join(''))}\n`;
}

function suite(name: string, members: readonly Result[]): string {
  const count = (of: (result: Result) => boolean) => String(members.filter(of).length);
  const attributes = {
    name,
    tests: String(members.length),
    failures: count(({ status }) => failures.has(status)),
    skipped: count(({ status }) => status === 'not-run'),
  };
  return element('testsuite', attributes, members.map(testcase).join(''));
}

function testcase(result: Result): string {
  const { case: one, environment, status } = result;
  const attributes = {
    classname: `${one.test}.${environment}`,
    name: one.name,
    file: one.file,
    line: String(one.position.line),
  };
  const reasons = reasonsOf(result);
  if (status === 'passed') return element('testcase', attributes, '');
  if (status === 'not-run')
    return element('testcase', attributes, element('skipped', { message: reasons.join('; ') }, ''));
  const place = `${one.file}:${one.position.line}:${one.position.column}`;
  const failure = element('failure', { message: status, type: status }, escaped([place, ...reasons].join('\n')));
  return element('testcase', attributes, failure);
}

function element(name: string, attributes: Readonly<Record<string, string>>, content: string): string {
  const written = Object.entries(attributes).map(
    ([key, value]) => ` ${key}="${escaped(value).replaceAll('\n', '&#10;')}"`,
  );
  return content === '' ? `\n<${name}${written.join('')}/>` : `\n<${name}${written.join('')}>${content}</${name}>`;
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** XML 1.0 has no way to write most control characters and half pairs, not even as references. */
function escaped(text: string): string {
  return text
    .replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '\uFFFD')
    .replace(/[&<>"]/g, (character) => entities[character] ?? character);
}
