import type { Finding, Place, Position } from '../finding.ts';
import { withoutSecrets } from '../secret.ts';
import type { Renderer } from './renderer.ts';

/** For machines. Every key is spelled out, so that the order is ours and nothing slips in. */
export const json: Renderer = (findings) =>
  `${JSON.stringify({ schemaVersion: 1, findings: findings.map(findingJson) }, null, 2)}\n`;

function findingJson({ code, severity, message, place, related, hint }: Finding): object {
  return {
    code,
    severity,
    message,
    place: placeJson(place),
    related: related.map((one) => ({ message: one.message, place: placeJson(one.place) })),
    hint,
  };
}

function placeJson({ file, range, path }: Place): object {
  return { file, range: { start: positionJson(range.start), end: positionJson(range.end) }, path: path?.map(veiled) };
}

/** A key can be a secret that somebody pasted. */
function veiled(step: string | number): string | number {
  return typeof step === 'string' ? withoutSecrets(step) : step;
}

function positionJson({ line, column }: Position): object {
  return { line, column };
}
