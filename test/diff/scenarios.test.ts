import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { diffAnalyses } from '../../compiler/diff/diff.ts';
import { diffRenderers } from '../../compiler/diff/renderers.ts';
import { readTree } from '../../compiler/source/read.ts';
import { analysed, comparisonOf, errorsOf, overlay, project } from './trees.ts';

const scenarios = join(import.meta.dirname, 'scenarios');
const update = process.env['UPDATE'] === '1';

/** Each folder: `base/` and `head/` lie over the project; an empty file takes one away. `UPDATE=1` writes the texts. */
describe('a change in the files is told as', () => {
  const names = readdirSync(scenarios, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  it.each(names.map(({ name }) => name))('%s', (name) => {
    const base = overlay(readTree(project), join(scenarios, name, 'base'));
    const [before, after] = [analysed(base), analysed(overlay(base, join(scenarios, name, 'head')))];
    expect(errorsOf(before)).toEqual([]);
    expect(errorsOf(after)).toEqual([]);
    const actual = diffRenderers.text(comparisonOf(diffAnalyses(before, after)));
    const expected = join(scenarios, `${name}.expected`);
    if (update) writeFileSync(expected, actual);
    expect(actual).toBe(readFileSync(expected, 'utf8'));
  });
});
