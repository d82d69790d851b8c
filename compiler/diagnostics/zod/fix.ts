import { z } from 'zod';
import type { Fix, Path } from '../finding.ts';
import { closeOnes } from '../suggest.ts';
import { childOf, valueAt } from '../value-at.ts';
import { originOf, type Subject } from './complaint.ts';
import { schemasAt } from './walk.ts';

/** What stands in these decides who may do what: a person writes it, never a guess. */
const decidesAccess: ReadonlySet<string | number> = new Set([
  'allow',
  'deny',
  'scopes',
  'groups',
  'owners',
  'adminTenants',
  'guardrails',
  'mandatory',
  'residency',
  'status',
  'credentials',
  'acknowledge',
]);

/** The value at `path` becomes `text`, where its schema then takes it and no access hangs on it. */
export function valueFix(subject: Subject, path: Path, text: string, value: unknown): Fix | undefined {
  const full = [...(subject.at ?? []), ...path];
  if (full.some((step) => decidesAccess.has(step)) || !fits(subject, path, value)) return undefined;
  return { at: originOf(subject, path), text };
}

/** The field `key` becomes `meant`, where nothing else can be meant and its value fits there. */
export function keyFix(
  subject: Subject,
  path: Path,
  key: string,
  meant: string,
  absent: readonly string[],
): Fix | undefined {
  const mapping = valueAt(subject.value, path);
  const value = childOf(mapping, key);
  const certain = closeOnes(key, absent).length === 1 && /^[a-z]\w*$/i.test(meant);
  if (!certain || decidesAccess.has(meant)) return undefined;
  const renamed = { ...(mapping as object), [meant]: value };
  const schemas = schemasAt(subject.schema, path, subject.value).flatMap((schema) => {
    return schemasAt(schema, [meant], renamed);
  });
  if (!schemas.some((schema) => z.safeParse(schema, value).success)) return undefined;
  return { at: originOf(subject, [...path, key], true), text: meant };
}

export function fits(subject: Subject, path: Path, value: unknown): boolean {
  const schemas = schemasAt(subject.schema, path, subject.value);
  return schemas.some((schema) => z.safeParse(schema, value).success);
}
