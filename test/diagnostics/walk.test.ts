import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { analyse } from '../../compiler/analyse.ts';
import type { Finding } from '../../compiler/diagnostics/finding.ts';
import { renderers } from '../../compiler/diagnostics/renderers.ts';
import { day, type Files, filesIn, overlay, repository, treeOf } from '../compiler/project.ts';

/**
 * `walk/<kind>.txt`: mistakes as people make them, and what they read then. An entry is `# what was done`, the file,
 * lines `-` that are replaced by lines `+`, and lines `>` with the findings in that file. `UPDATE=1` writes those: read
 * them as somebody who sees this product for the first time.
 */
const folder = join(import.meta.dirname, 'walk');
const complete = filesIn(join(repository, 'test/compiler/projects/complete'));

interface Mistake {
  readonly title: string;
  readonly file: string;
  readonly before: string;
  readonly after: string;
  readonly head: string;
  readonly said: string;
}

function mistakesIn(text: string): Mistake[] {
  return text
    .split(/^(?=# )/m)
    .filter((entry) => entry.startsWith('# '))
    .map((entry) => {
      const lines = entry.trimEnd().split('\n');
      const taken = (sign: string) => lines.filter((line) => line.startsWith(sign)).map((line) => line.slice(1));
      const [title = '', file = ''] = lines;
      const head = lines.filter((line) => !line.startsWith('>')).join('\n');
      const said = lines.filter((line) => line.startsWith('>')).join('\n');
      return {
        title: title.slice(2),
        file,
        head,
        said,
        before: taken('-').join('\n'),
        after: taken('+').join('\n'),
      };
    });
}

function withMistake({ file, before, after }: Mistake): Files {
  const text = complete[file] ?? '';
  if (text.split(before).length !== 2) throw new Error(`${file} must have exactly once: ${before}`);
  return overlay(complete, { [file]: text.replace(before, () => after) });
}

function findingsAbout(mistake: Mistake): readonly Finding[] {
  const { findings } = analyse({ tree: treeOf(withMistake(mistake)), date: day });
  return findings.filter(({ place, severity }) => place.file === mistake.file && severity === 'error');
}

function told(mistake: Mistake): string {
  const findings = findingsAbout(mistake);
  const source = withMistake(mistake)[mistake.file];
  const text = renderers.text(findings, { files: 1, sourceOf: (file) => (file === mistake.file ? source : undefined) });
  return text
    .trimEnd()
    .split('\n')
    .map((line) => `> ${line}`.trimEnd())
    .join('\n');
}

const files = readdirSync(folder).filter((name) => name.endsWith('.txt'));

describe.each(files)('%s', (name) => {
  const path = join(folder, name);
  const mistakes = mistakesIn(readFileSync(path, 'utf8'));
  if (process.env['UPDATE'] === '1') {
    writeFileSync(path, `${mistakes.map((one) => `${one.head}\n${told(one)}`).join('\n\n')}\n`);
  }

  it.each(mistakes)('$title', (mistake) => {
    const findings = findingsAbout(mistake);
    expect(findings).not.toEqual([]);
    for (const { hint } of findings) expect(hint).toBeDefined();
    expect(told(mistake)).toBe(
      mistakesIn(readFileSync(path, 'utf8')).find(({ title }) => title === mistake.title)?.said,
    );
  });
});
