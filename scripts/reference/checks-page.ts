import { anchorOf, type Code, codes, familyOf, isLocked } from '../../compiler/diagnostics/codes.ts';
import { renderers } from '../../compiler/diagnostics/renderers.ts';
import { analysisOf, type Fixture, fixtures } from '../../test/compiler/corpus.ts';
import { fenced, type Page, page, shortened, table } from './page.ts';
import { rulesTable } from './rules.ts';

const mostFiles = 6;
const mostInput = 40;
const mostOutput = 40;

/** Every code with its law, a configuration that breaks it, and what `validate` says then. */
export function checksPage(): Page {
  const names = Object.keys(codes) as Code[];
  const families = [...new Set(names.map(familyOf))].map(
    (family) => [family, names.filter((code) => familyOf(code) === family)] as const,
  );
  return page('checks.md', 'compiler/diagnostics/codes.ts and test/compiler/checks', [
    '# Findings',
    introduction,
    table(
      ['family', 'findings'],
      families.map(([family, members]) => contentsRow(family, members)),
    ),
    ...families.flatMap(([family, members]) => [`## ${family}`, ...members.map(section)]),
  ]);
}

const introduction = `Every code that a finding can have, with the law behind it. Each example shows the files that differ from one small project, [test/compiler/projects/minimal](../test/compiler/projects/minimal), and what \`gatewright validate\` prints for them.

The severity is a default. \`checks\` in gatewright.yaml sets it for a code, to \`error\`, \`warning\`, \`info\` or \`off\`; a locked code cannot be set, because [artifacts that break its law would be incomplete, wrong or unsafe](../adr/025-locked-findings.md).`;

function contentsRow(family: string, members: readonly Code[]): readonly string[] {
  const links = members.map((code) => `[${code.slice(family.length + 1)}](#${anchorOf(code)})`);
  return [`[${family}](#${family})`, links.join(' · ')];
}

const rules = `What a field demands beyond its type and its words ([reference.md](reference.md) has those). \`[]\` is an item of a list, \`*\` a value of a map and \`{}\` its keys; a rule stands at the first of equal places of a kind. The fixtures of this code break each that has words of its own.`;

function section(code: Code): string {
  const { law, severity } = codes[code];
  return [
    `<a id="${anchorOf(code)}"></a>`,
    `### ${code}`,
    `${law} — ${severity}, ${isLocked(code) ? 'locked' : 'adjustable'}`,
    ...exampleOf(code),
    ...(code === 'schema/invalid-value' ? [rules, rulesTable()] : []),
  ].join('\n\n');
}

/** The fixture that says it is the one to show, else the shortest. */
function exampleOf(code: Code): readonly string[] {
  const candidates = fixtures
    .filter((fixture) => fixture.bad && fixture.code === code)
    .map((fixture) => ({ fixture, input: inputOf(fixture) }));
  const [best] = candidates.sort(
    (a, b) =>
      Number(b.fixture.isShown) - Number(a.fixture.isShown) ||
      a.fixture.also.length - b.fixture.also.length ||
      a.input.join('').length - b.input.join('').length,
  );
  if (best === undefined) throw new Error(`${code} has no fixture in test/compiler/checks`);
  const output = shortened(outputOf(best.fixture), mostOutput, () => '…');
  return [...best.input, fenced('text', output)];
}

function inputOf({ sections, shell, copies }: Fixture): readonly string[] {
  const all = Object.entries(sections);
  const files = all.slice(0, mostFiles).flatMap(([path, text]) => {
    if (text === null) return [`\`${path}\` is not there.`];
    const times = copies?.path === path ? `, ${copies.count} times, {n} is 1 to ${copies.count}` : '';
    return [`\`${path}\`${times}${text === '' ? ' is empty.' : ''}`, ...(text === '' ? [] : [block(text)])];
  });
  const more = all.length > mostFiles ? [`… and ${all.length - mostFiles} more files.`] : [];
  return [...files, ...more, ...(shell.length === 0 ? [] : [fenced('sh', shell.join('\n'))])];
}

function block(text: string): string {
  return fenced(
    'yaml',
    shortened(text, mostInput, (more) => `# … and ${more} more lines`),
  );
}

function outputOf(fixture: Fixture): string {
  const { findings, documents, tree } = analysisOf(fixture);
  return renderers.text(findings, { files: tree.files.length, sourceOf: (file) => documents.get(file)?.text });
}
