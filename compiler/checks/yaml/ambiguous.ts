import { z } from 'zod';
import type { Path, Report } from '../../diagnostics/finding.ts';
import { schemasAt } from '../../diagnostics/zod/walk.ts';
import { kindOf, kinds } from '../../schema/kinds.ts';
import type { SourceDocument } from '../../source/document.ts';
import type { TreeCheck } from '../check.ts';
import { inYaml11, mayBeAmbiguous, type OtherReading } from './ambiguous/yaml11.ts';

/**
 * Where a value is what its field takes, but YAML 1.1, which most other tools and many heads speak, reads another one. A
 * value that its field does not take has a finding of the schema already, and a word that the field itself knows (`off`)
 * is no surprise to anybody.
 */
export const yamlAmbiguous: TreeCheck = function* ({ documents }) {
  for (const document of documents) {
    const kind = kindOf(document.file);
    const { any, numbers } = mayBeAmbiguous(document.text);
    if (kind === undefined || !document.complete || !any) continue;
    for (const { value, path, key } of suspects(document.value, numbers, [])) {
      const subject = { document, schema: kinds[kind].schema };
      yield* key ? name(subject, String(value), path) : scalar(subject, value, path);
    }
  }
};

type Schema = z.core.$ZodType;

interface Subject {
  readonly document: SourceDocument;
  readonly schema: Schema;
}

interface Suspect {
  readonly value: unknown;
  readonly path: Path;
  readonly key: boolean;
}

/**
 * Values and keys that may have another reading, in the order of the text. `numbers`: some number may. Otherwise none is
 * looked up: a list can have thousands.
 */
function suspects(value: unknown, numbers: boolean, path: (string | number)[], found: Suspect[] = []): Suspect[] {
  if (typeof value !== 'object' || value === null) {
    if (mayDiffer(value, numbers)) found.push({ value, path: [...path], key: false });
    return found;
  }
  const isList = Array.isArray(value);
  for (const [key, item] of Object.entries(value)) {
    path.push(isList ? Number(key) : key);
    if (!isList && mayDiffer(key, numbers)) found.push({ value: key, path: [...path], key: true });
    suspects(item, numbers, path, found);
    path.pop();
  }
  return found;
}

function mayDiffer(value: unknown, numbers: boolean): boolean {
  return typeof value === 'string' ? inYaml11(value) !== undefined : typeof value === 'number' && numbers;
}

function* scalar(subject: Subject, value: unknown, path: Path): Iterable<Report> {
  const other = readingOf(subject, path, false);
  if (other === undefined) return;
  const takers = schemasAt(subject.schema, path, subject.document.value).filter(
    (one) => z.safeParse(one, value).success,
  );
  if (takers.length === 0 || takers.some((one) => knows(one, value, other))) return;
  yield report(subject.document.file, path, false, other, typeof value === 'number' ? value : undefined);
}

/** A name that people choose: no field, and no parameter, whose name is the provider's (`n`). */
function* name(subject: Subject, key: string, path: Path): Iterable<Report> {
  if (path.at(-3) === 'parameters') return;
  const other = readingOf(subject, path, true);
  if (other === undefined) return;
  const chosen = schemasAt(subject.schema, path.slice(0, -1), subject.document.value).flatMap(({ _zod: { def } }) =>
    def.type === 'record' && 'keyType' in def ? [def.keyType as Schema] : [],
  );
  if (chosen.some((one) => z.safeParse(one, key).success && !knows(one, key, other))) {
    yield report(subject.document.file, path, true, other, undefined);
  }
}

interface Reading extends OtherReading {
  readonly text: string;
}

/** `undefined`: it is the same in both versions, or quoted. */
function readingOf({ document }: Subject, path: Path, key: boolean): Reading | undefined {
  const text = document.textOf(path, key);
  const other = text === undefined ? undefined : inYaml11(text);
  return text === undefined || other === undefined ? undefined : { ...other, text };
}

/** A word of the field itself, or a day where days belong. */
function knows(schema: Schema, value: unknown, { kind }: Reading): boolean {
  const { def, values } = schema._zod;
  return (
    [...(values ?? [])].some((one) => one === value) || (kind === 'date' && 'format' in def && def.format === 'date')
  );
}

function report(file: string, path: Path, key: boolean, { text, means }: Reading, value: number | undefined): Report {
  const written = value === undefined ? `"${text}"` : String(value);
  const at = { file, path, key };
  return {
    code: 'yaml/ambiguous',
    message: `${text} is ${value === undefined ? 'text' : `the number ${value}`} here, but ${means} in YAML 1.1, by which many other tools read`,
    at,
    hint: `write ${written}`,
    fix: { at, text: written },
  };
}
