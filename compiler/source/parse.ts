import type { Document, ParsedNode } from 'yaml';
import { parseDocument, Schema } from 'yaml';
import type { Path, Range, RawFinding } from '../diagnostics/finding.ts';
import { type Built, build } from './build.ts';
import { decode } from './decode.ts';
import type { SourceDocument } from './document.ts';
import { Lines } from './lines.ts';
import type { Marks } from './marks.ts';
import { type Problem, problemFinding } from './problem.ts';
import { refusalFinding } from './refused.ts';
import { syntaxProblems } from './syntax.ts';
import type { SourceFile } from './tree.ts';

export interface ParsedFile {
  /** Absent where the file is no text at all. */
  readonly document?: SourceDocument;
  readonly findings: readonly RawFinding[];
}

/**
 * Plain scalars stay text here and get their core-schema type in `build`, which knows their source; duplicate keys are
 * found there too, because yaml's own search is quadratic.
 */
const options = {
  schema: new Schema({ schema: 'failsafe', compat: null, resolveKnownTags: false }),
  uniqueKeys: false,
  prettyErrors: false,
  logLevel: 'error',
} as const;

/** Reads one YAML file as far as it can be read, and says everything that is wrong with it as YAML. */
export function parseFile(file: SourceFile): ParsedFile {
  if ('refused' in file.content) return { findings: [refusalFinding(file.path, file.content.refused)] };
  const { text, readable, problems } = decode(file.content);
  const lines = new Lines(text);
  const findings = (all: readonly Problem[]): RawFinding[] =>
    all.map((problem) => problemFinding(problem, file.path, lines));
  if (!file.path.endsWith('.yaml')) {
    const secrets = problems.filter(({ code }) => code === 'security/secret-value');
    return { findings: findings([extensionProblem(file.path), ...secrets]) };
  }
  if (!readable) return { findings: findings(problems) };
  const parsed = parseText(text, lines);
  return {
    document: toDocument(file.path, text, lines, parsed),
    findings: findings([...problems, ...parsed.problems.filter(isNotAmong(problems))]),
  };
}

/** A secret that the text shows is one finding, also where it stands in a string with escapes. */
function isNotAmong(found: readonly Problem[]): (problem: Problem) => boolean {
  const secrets = found.filter(({ code }) => code === 'security/secret-value');
  return ({ code, span }) =>
    code !== 'security/secret-value' || !secrets.some(({ span: { start } }) => start >= span.start && start < span.end);
}

interface ParsedText extends Pick<Built, 'value' | 'problems'> {
  readonly marks?: Marks;
  readonly complete: boolean;
}

function parseText(text: string, lines: Lines): ParsedText {
  const yaml = parsed(text);
  const root: ParsedNode | null = yaml.contents;
  if (root === null || isEmpty(text, yaml, root)) return emptyText(text, yaml);
  const built = build(root);
  const directives = directiveProblems(text, yaml);
  // yaml stops at a depth that differs between machines, so that nothing of what it says then may be shown.
  if (built.stopped) return { ...built, problems: [...directives, ...built.problems.slice(-1)], complete: false };
  if (yaml.errors.some(({ code }) => code === 'RESOURCE_EXHAUSTION')) return tooDeep;
  const syntax = independent([...conflictProblems(text), ...syntaxProblems(yaml.errors, text, lines, built.marks)]);
  return {
    value: built.value,
    marks: built.marks,
    problems: [...directives, ...believable(built.problems, yaml, syntax), ...syntax],
    complete: !built.lossy && syntax.length === 0,
  };
}

/** Errors keep no stack traces here: a hostile file has hundreds of thousands of errors, and nobody sees their stacks. */
function parsed(text: string): Document.Parsed {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 0;
  try {
    return parseDocument(text, options);
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
}

/** What goes wrong behind the first mistake in the structure is most often its consequence, and is found after it is mended. */
function independent(problems: readonly Problem[]): readonly Problem[] {
  const consequences: readonly string[] = ['yaml/indentation', 'yaml/syntax', 'yaml/unclosed'];
  const first = problems.reduce((least, { span }) => Math.min(least, span.start), Number.POSITIVE_INFINITY);
  return problems.filter(({ code, span }) => span.start === first || !consequences.includes(code));
}

function conflictProblems(text: string): Problem[] {
  const start = text.search(/^<{7}(?: |$)/m);
  if (start === -1) return [];
  const message = 'a merge conflict is not resolved here';
  const hint = 'choose one side and delete the lines <<<<<<<, ======= and >>>>>>>';
  return [{ code: 'yaml/conflict', message, span: { start, end: start + 7 }, hint }];
}

/** Behind a syntax error the structure is a guess: what else seems wrong there is most often its consequence. */
function believable(
  problems: readonly Problem[],
  { errors }: Pick<Document.Parsed, 'errors'>,
  syntax: readonly Problem[],
): readonly Problem[] {
  const noticed = errors.reduce((first, { pos }) => Math.min(first, pos[0]), Number.POSITIVE_INFINITY);
  const broken = syntax.reduce((first, { span }) => Math.min(first, span.start), noticed);
  return problems.filter(({ span }) => span.start < broken);
}

const tooDeep: ParsedText = {
  value: undefined,
  complete: false,
  problems: [
    {
      code: 'yaml/too-deep',
      message: 'the file nests too deeply; it is not read further',
      span: { start: 0, end: 0 },
      hint: 'write it simpler or split the file',
    },
  ],
};

function isEmpty(text: string, { errors }: Pick<Document.Parsed, 'errors'>, root: ParsedNode): boolean {
  const [start, end] = root.range;
  return errors.length === 0 && start === end && !text.slice(start).trimStart().startsWith('&');
}

function emptyText(text: string, yaml: Pick<Document.Parsed, 'directives'>): ParsedText {
  const problem: Problem = {
    code: 'yaml/empty',
    message: 'the file is empty',
    span: { start: 0, end: 0 },
    hint: 'write a resource (apiVersion, kind, metadata, spec), or delete the file',
  };
  const problems = [...directiveProblems(text, yaml), problem];
  return { value: undefined, problems, complete: false };
}

function directiveProblems(text: string, { directives }: Pick<Document.Parsed, 'directives'>): Problem[] {
  const tags = Object.keys(directives?.tags ?? {});
  if (directives?.yaml.explicit !== true && tags.every((handle) => handle === '!!')) return [];
  const start = Math.max(0, text.search(/^%/m));
  return [
    {
      code: 'yaml/directive',
      message: 'directives are not supported: every file is YAML 1.2',
      span: { start, end: start + 1 },
      hint: 'delete the line, and the "---" after it',
    },
  ];
}

function extensionProblem(path: string): Problem {
  const message = 'a configuration file ends in .yaml: nothing reads this one';
  const hint = `rename it to ${path.replace(/\.\w+$/, '')}.yaml, or move it elsewhere`;
  return { code: 'source/extension', message, span: { start: 0, end: 0 }, hint };
}

function toDocument(file: string, text: string, lines: Lines, { value, marks, complete }: ParsedText): SourceDocument {
  const locate = (path: Path, key = false): Range => {
    if (marks === undefined) return lines.range(0, 0);
    const { index, exact } = marks.find(path);
    const named = key || !exact ? marks.key(index) : undefined;
    const { start, end } = named ?? marks.value(index);
    return lines.range(start, start + text.slice(start, end).trimEnd().length);
  };
  const textOf = (path: Path, key = false): string | undefined => {
    const found = marks?.find(path);
    const span = found?.exact !== true ? undefined : key ? marks?.key(found.index) : marks?.value(found.index);
    return span === undefined ? undefined : text.slice(span.start, span.end);
  };
  return { file, text, value, complete, locate, textOf };
}
