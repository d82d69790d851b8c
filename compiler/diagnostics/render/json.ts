import type { Finding, Place, Range } from '../finding.ts';
import type { FindingJson, FindingsJson, PlaceJson } from '../findings-schema.ts';
import { jsonText } from './json-text.ts';
import type { Renderer } from './renderer.ts';
import { veiled } from './veiling.ts';

/** For machines. Every key is spelled out, so that the order is ours and nothing slips in. */
export const json: Renderer = (findings) =>
  `${jsonText({ schemaVersion: 1, findings: findings.map(findingJson) } satisfies FindingsJson)}\n`;

/** For what prints findings beside something else. */
export function findingsJson(findings: readonly Finding[]): FindingJson[] {
  return findings.map((finding) => findingJson(veiled(finding)));
}

function findingJson({ code, severity, message, place, related, hint, fix }: Finding): FindingJson {
  return {
    code,
    severity,
    message,
    place: placeJson(place),
    related: related.map((one) => ({ message: one.message, place: placeJson(one.place) })),
    ...(hint === undefined ? {} : { hint }),
    ...(fix === undefined ? {} : { fix: { place: placeJson(fix.place), text: fix.text } }),
  };
}

function placeJson({ file, range, path }: Place): PlaceJson {
  return { file, range: rangeJson(range), ...(path === undefined ? {} : { path: [...path] }) };
}

function rangeJson({ start, end }: Range): PlaceJson['range'] {
  return { start: { line: start.line, column: start.column }, end: { line: end.line, column: end.column } };
}
