import { element, xmlDocument, xmlText } from '../../../compiler/diagnostics/render/xml.ts';
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

function document(suites: readonly string[]): string {
  return xmlDocument(element('testsuites', {}, suites.join('')));
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
  const failure = element('failure', { message: status, type: status }, xmlText([place, ...reasons].join('\n')));
  return element('testcase', attributes, failure);
}
