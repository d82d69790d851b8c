import type { Finding } from '../finding.ts';
import { frameOf, frameText } from './frame.ts';
import type { RenderContext, Renderer } from './renderer.ts';
import { visible } from './visible.ts';
import { element, xmlDocument, xmlText } from './xml.ts';

/**
 * JUnit XML: a suite for each file with findings, a test for each finding. Errors fail; warnings and information are
 * skipped tests, so that they are seen and fail nothing, as with the exit status.
 */
export const junit: Renderer = (findings, context) => {
  const files = [...new Set(findings.map(({ place }) => place.file))];
  const suites = files.map((file) => {
    return suite(
      file,
      findings.filter(({ place }) => place.file === file),
      context,
    );
  });
  return xmlDocument(element('testsuites', {}, (suites.length === 0 ? [nothingFound(context)] : suites).join('')));
};

/** Readers of JUnit take a report without tests for a run that went wrong. */
function nothingFound({ files }: RenderContext): string {
  const one = element('testcase', { classname: 'configuration', name: `${files} files without findings` }, '');
  return element('testsuite', { name: 'configuration', tests: '1', failures: '0', skipped: '0' }, one);
}

function suite(file: string, findings: readonly Finding[], context: RenderContext): string {
  const failures = findings.filter(({ severity }) => severity === 'error').length;
  const attributes = {
    name: visible(file),
    tests: String(findings.length),
    failures: String(failures),
    skipped: String(findings.length - failures),
  };
  return element('testsuite', attributes, findings.map((finding) => testcase(finding, context)).join(''));
}

function testcase(finding: Finding, context: RenderContext): string {
  const { code, severity, message, place } = finding;
  const { line, column } = place.range.start;
  const file = visible(place.file);
  const attributes = { classname: file, name: `${code} at ${line}:${column}`, file, line: String(line) };
  const result =
    severity === 'error'
      ? element('failure', { message: visible(message), type: code }, xmlText(details(finding, context)))
      : element('skipped', { message: `${severity}: ${visible(message)}` }, '');
  return element('testcase', attributes, result);
}

function details({ place, hint, related }: Finding, { sourceOf }: RenderContext): string {
  const source = sourceOf(place.file);
  const frame = source === undefined ? undefined : frameOf(source, place.range);
  return [
    ...(frame === undefined ? [] : frameText(frame)),
    ...related.map(
      ({ message, place: { file, range } }) => `see ${visible(file)}:${range.start.line} ${visible(message)}`,
    ),
    ...(hint === undefined ? [] : [`fix: ${visible(hint)}`]),
  ].join('\n');
}
