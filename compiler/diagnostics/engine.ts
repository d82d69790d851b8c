import { type Code, codes, isLocked } from './codes.ts';
import type {
  Finding,
  Locator,
  Origin,
  Place,
  Position,
  Range,
  RawFinding,
  RelatedPlace,
  Report,
  Severity,
} from './finding.ts';
import { startOfFile } from './position.ts';
import { withoutSecrets } from './secret.ts';
import type { SeverityOverride } from './severity.ts';

/** Severity by code, from `checks:` in gatewright.yaml. Locked codes ignore it. */
export type Overrides = Readonly<Record<string, SeverityOverride>>;

/**
 * Turns what the stages said into findings: with severity and positions, sorted, without repetitions. Origins in a file
 * without a document, and findings on a file as a whole (empty path), stand at 1:1 of that file.
 */
export function settle(
  reports: Iterable<Report | RawFinding>,
  documents: ReadonlyMap<string, Locator>,
  overrides: Overrides = {},
): Finding[] {
  const place = (at: Origin): Place => resolvePlace(at, documents);
  const findings: Finding[] = [];
  for (const report of reports) {
    const severity = severityOf(report.code, overrides);
    if (severity !== 'off') findings.push(toFinding(report, severity, place));
  }
  return withoutAdviceOnSecrets(dedupe(findings.sort(compareFindings)));
}

/** A secret goes: what else is wrong with the value that it stands in would only tell how to keep it. */
function withoutAdviceOnSecrets(findings: readonly Finding[]): Finding[] {
  const secrets = findings.filter(({ code }) => code === 'security/secret-value');
  const isAround = ({ code, place }: Finding): boolean =>
    code === 'schema/invalid-value' &&
    secrets.some(({ place: { file, range } }) => file === place.file && contains(place.range, range.start));
  return secrets.length === 0 ? [...findings] : findings.filter((finding) => !isAround(finding));
}

function contains({ start, end }: Range, { line, column }: Position): boolean {
  const before = line > start.line || (line === start.line && column >= start.column);
  return before && line === end.line && start.line === end.line && column < end.column;
}

/** What a code counts as under `overrides`. */
export function severityOf(code: Code, overrides: Overrides): SeverityOverride {
  const override = Object.hasOwn(overrides, code) && !isLocked(code) ? overrides[code] : undefined;
  return override ?? codes[code].severity;
}

function resolvePlace(at: Origin, documents: ReadonlyMap<string, Locator>): Place {
  const document = at.path.length > 0 ? documents.get(at.file) : undefined;
  const range = document?.locate(at.path, at.key) ?? startOfFile;
  return { file: at.file, range, path: at.path };
}

function toFinding(report: Report | RawFinding, severity: Severity, place: (at: Origin) => Place): Finding {
  const { place: where, related, fix } = 'at' in report ? placed(report, place) : report;
  return {
    code: report.code,
    severity,
    message: withoutSecrets(report.message),
    place: where,
    related: (related ?? []).map((one) => ({ ...one, message: withoutSecrets(one.message) })),
    ...(report.hint === undefined ? {} : { hint: withoutSecrets(report.hint) }),
    ...(fix === undefined ? {} : { fix }),
  };
}

function placed(
  { at, related, fix }: Report,
  place: (at: Origin) => Place,
): Pick<RawFinding, 'place' | 'related' | 'fix'> {
  return {
    place: place(at),
    related: (related ?? []).map((one): RelatedPlace => ({ message: one.message, place: place(one.at) })),
    ...(fix === undefined ? {} : { fix: { place: place(fix.at), text: fix.text } }),
  };
}

/** By file, position, code, message; the rest only makes the order total, so that it never depends on the input's. */
function compareFindings(a: Finding, b: Finding): number {
  return (
    compareText(a.place.file, b.place.file) ||
    a.place.range.start.line - b.place.range.start.line ||
    a.place.range.start.column - b.place.range.start.column ||
    compareText(a.code, b.code) ||
    compareText(a.message, b.message) ||
    compareText(JSON.stringify(a), JSON.stringify(b))
  );
}

function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/** Two findings that a reader could not tell apart are one: the first of them stays. */
function dedupe(sorted: readonly Finding[]): Finding[] {
  return sorted.filter((finding, index) => {
    const before = sorted[index - 1];
    return before === undefined || !sameWords(before, finding);
  });
}

function sameWords(a: Finding, b: Finding): boolean {
  return (
    a.code === b.code &&
    a.message === b.message &&
    a.place.file === b.place.file &&
    a.place.range.start.line === b.place.range.start.line &&
    a.place.range.start.column === b.place.range.start.column
  );
}
