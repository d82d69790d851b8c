import type { Finding, Place, RelatedPlace } from '../finding.ts';
import { type Frame, frameOf } from './frame.ts';
import type { RenderContext, Renderer, Role } from './renderer.ts';
import { counted, summary } from './summary.ts';
import { visible } from './visible.ts';

interface Page {
  readonly sourceOf: RenderContext['sourceOf'];
  readonly style: NonNullable<RenderContext['style']>;
}

/** More related places than these are named, not shown. */
const mostRelatedFrames = 3;

/** For people: each finding with the line it is about, then one line that counts them. */
export const text: Renderer = (findings, { files, sourceOf, style = (part) => part }) => {
  const page = { sourceOf, style };
  const blocks = findings.map((finding) => block(finding, page));
  const fixable = findings.filter(({ fix }) => fix !== undefined).length;
  const offer = fixable === 0 ? '' : `; validate --fix mends ${counted(fixable, 'finding')}`;
  return [...blocks, `${summary(findings, files)}${offer}\n`].join('\n');
};

function block(finding: Finding, page: Page): string {
  const { severity, code, message, place, related, hint } = finding;
  const { style } = page;
  return [
    `${style(placeText(place), 'place')} ${style(severity, severity)} ${code}`,
    `  ${visible(message)}`,
    ...frameLines(place, severity, page),
    ...related.flatMap((one, index) => relatedLines(one, place, index < mostRelatedFrames, page)),
    ...(hint === undefined ? [] : [`  ${style('fix', 'hint')} ${visible(hint)}`]),
    '',
  ].join('\n');
}

/** A line that stands above already is not shown again. */
function relatedLines({ message, place }: RelatedPlace, shown: Place, framed: boolean, page: Page): string[] {
  const again = place.file === shown.file && place.range.start.line === shown.range.start.line;
  return [
    `  ${page.style('see', 'frame')} ${page.style(placeText(place), 'place')} ${visible(message)}`,
    ...(framed && !again ? frameLines(place, 'info', page) : []),
  ];
}

function frameLines({ file, range }: Place, role: Role, { sourceOf, style }: Page): string[] {
  const source = sourceOf(file);
  const frame = source === undefined ? undefined : frameOf(source, range);
  if (frame === undefined) return [];
  const { gutter, line, underline }: Frame = frame;
  const bar = (label: string): string => style(`  ${label.padStart(gutter.length)} |`, 'frame');
  return [`${bar(gutter)} ${line}`, `${bar('')} ${style(underline, role)}`];
}

function placeText({ file, range }: Place): string {
  return `${visible(file)}:${range.start.line}:${range.start.column}`;
}
