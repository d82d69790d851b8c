import { type Finding, type Place, type Severity, severities } from '../finding.ts';
import { type Frame, frameOf } from './frame.ts';
import type { RenderContext, Renderer } from './renderer.ts';
import { visible } from './visible.ts';

type Style = NonNullable<RenderContext['style']>;

const unstyled: Style = (text) => text;

/** For people: each finding with the line it is about, then one line that counts them. */
export const text: Renderer = (findings, { files, sourceOf, style = unstyled }) => {
  const blocks = findings.map((finding) => block(finding, sourceOf(finding.place.file), style));
  return [...blocks, `${summary(findings, files)}\n`].join('\n');
};

function block(finding: Finding, source: string | undefined, style: Style): string {
  const { severity, code, message, place, related, hint } = finding;
  const frame = source === undefined ? undefined : frameOf(source, place.range);
  return [
    `${style(placeText(place), 'place')} ${style(severity, severity)} ${code}`,
    `  ${visible(message)}`,
    ...(frame === undefined ? [] : frameLines(frame, severity, style)),
    ...related.map(
      (one) => `  ${style('see', 'frame')} ${style(placeText(one.place), 'place')} ${visible(one.message)}`,
    ),
    ...(hint === undefined ? [] : [`  ${style('fix', 'hint')} ${visible(hint)}`]),
    '',
  ].join('\n');
}

function frameLines({ gutter, line, underline }: Frame, severity: Severity, style: Style): string[] {
  const bar = (label: string): string => style(`  ${label.padStart(gutter.length)} |`, 'frame');
  return [`${bar(gutter)} ${line}`, `${bar('')} ${style(underline, severity)}`];
}

function placeText({ file, range }: Place): string {
  return `${visible(file)}:${range.start.line}:${range.start.column}`;
}

/** `3 errors, 1 warning in 12 files`. */
function summary(findings: readonly Finding[], files: number): string {
  const counts = severities.flatMap((severity) => {
    const count = findings.filter((finding) => finding.severity === severity).length;
    return count === 0 ? [] : [severity === 'info' ? `${count} info` : counted(count, severity)];
  });
  return `${counts.length === 0 ? 'no findings' : counts.join(', ')} in ${counted(files, 'file')}`;
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
