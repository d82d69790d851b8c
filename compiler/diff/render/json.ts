import { type Change, type Comparison, summarise } from '../change.ts';
import type { DiffRenderer } from './renderer.ts';

/** For machines. Every key is spelled out, so that the order is ours and nothing slips in. */
export const json: DiffRenderer = (comparison) => `${JSON.stringify(diffJson(comparison), null, 2)}\n`;

function diffJson({ base, head, environments, notes, changes }: Comparison): object {
  return {
    schemaVersion: 1,
    base: { label: base.label, commit: base.commit },
    head: { label: head.label, commit: head.commit },
    environments,
    notes,
    summary: summarise(changes),
    changes: changes.map(changeJson),
  };
}

function changeJson({ environments, subject, field, before, after, risk, sentence, place }: Change): object {
  const { start, end } = place.range;
  return {
    environments,
    subject: { kind: subject.kind, name: subject.name },
    field,
    before,
    after,
    risk,
    sentence,
    place: {
      side: place.side,
      file: place.file,
      range: { start: { line: start.line, column: start.column }, end: { line: end.line, column: end.column } },
      path: place.path,
    },
  };
}
