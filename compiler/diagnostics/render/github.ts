import { type Finding, type Severity, severities } from '../finding.ts';
import type { RenderContext, Renderer } from './renderer.ts';
import { countText, summary } from './summary.ts';
import { visible } from './visible.ts';

/** GitHub keeps ten annotations of each level in a step and drops the others without a word. */
const mostAnnotations = 10;

const levels: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', info: 'notice' };

/** Workflow commands: annotations on the lines of a pull request. What does not fit is counted in one more notice. */
export const github: Renderer = (findings, context) => {
  const first = (severity: Severity, count: number): Finding[] =>
    findings.filter((finding) => finding.severity === severity).slice(0, count);
  // One notice is kept for what does not fit.
  const shown = new Set(
    severities.flatMap((severity) => first(severity, severity === 'info' ? mostAnnotations - 1 : mostAnnotations)),
  );
  const rest = findings.filter((finding) => !shown.has(finding));
  return [
    ...findings.filter((finding) => shown.has(finding)).map((finding) => annotation(finding, context)),
    ...(rest.length === 0 ? [] : [`::notice::${data(`${countText(rest)} more: see the job summary`)}`]),
    summary(findings, context.files),
    '',
  ].join('\n');
};

function annotation({ code, severity, message, place, related, hint }: Finding, context: RenderContext): string {
  const { start, end } = place.range;
  // GitHub takes columns only where both are on one line.
  const extent = end.line > start.line ? { endLine: end.line } : { col: start.column, endColumn: end.column };
  const properties = { file: inRepository(place.file, context), line: start.line, ...extent, title: code };
  const written = Object.entries(properties).map(([name, value]) => `${name}=${property(String(value))}`);
  const lines = [
    visible(message),
    ...(hint === undefined ? [] : [`fix: ${visible(hint)}`]),
    ...related.map((one) => `see ${visible(one.place.file)}:${one.place.range.start.line} ${visible(one.message)}`),
  ];
  return `::${levels[severity]} ${written.join(',')}::${data(lines.join('\n'))}`;
}

function inRepository(file: string, { folder = '' }: RenderContext): string {
  return visible(folder === '' ? file : `${folder}/${file}`);
}

function data(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
