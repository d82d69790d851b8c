import type { Finding, Place, Severity } from '../finding.ts';
import { frameOf, frameText } from './frame.ts';
import { markdownText } from './markdown-text.ts';
import type { RenderContext, Renderer } from './renderer.ts';
import { countText, summary } from './summary.ts';

/** GitHub keeps 1 MiB of a step's summary and nothing of a larger one; other parts of the step want room too. */
const maxBytes = 400_000;

const signs: Readonly<Record<Severity, string>> = { error: '🔴', warning: '🟡', info: '🔵' };

/** For the summary of a job: all findings with the lines they are about; at the end, how many did not fit. */
export const markdown: Renderer = (findings, context) => {
  const heading = `## Findings\n\n**${summary(findings, context.files)}**\n`;
  const encoder = new TextEncoder();
  const blocks: string[] = [];
  let bytes = 0;
  for (const finding of findings) {
    const written = block(finding, context);
    bytes += encoder.encode(written).length;
    if (bytes > maxBytes) break;
    blocks.push(written);
  }
  const rest = findings.slice(blocks.length);
  const note = rest.length === 0 ? '' : `\n**${countText(rest)} more, not shown here**: run \`gatewright validate\`.\n`;
  return `${heading}${blocks.join('')}${note}`;
};

function block({ code, severity, message, place, related, hint }: Finding, { sourceOf }: RenderContext): string {
  const source = sourceOf(place.file);
  const frame = source === undefined ? undefined : frameOf(source, place.range);
  return [
    `\n${signs[severity]} **${placeText(place)}** ${severity} \`${code}\`\n`,
    `\n${markdownText(message)}\n`,
    // Indented, because no line can end such a block, as backticks would end a fenced one.
    ...(frame === undefined ? [] : ['\n', ...frameText(frame).map((line) => `    ${line}\n`)]),
    ...related.map((one) => `\n- see ${placeText(one.place)} ${markdownText(one.message)}`),
    ...(related.length === 0 ? [] : ['\n']),
    ...(hint === undefined ? [] : [`\n**Fix:** ${markdownText(hint)}\n`]),
  ].join('');
}

function placeText({ file, range }: Place): string {
  return `${markdownText(file)}:${range.start.line}:${range.start.column}`;
}
