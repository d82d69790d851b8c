import { describe, expect, it } from 'vitest';
import { type Node, node } from '../../../compiler/explain/text/branch.ts';
import { linesOf } from '../../../compiler/explain/text/lines.ts';
import { merge } from '../../../compiler/explain/text/merge.ts';

function lines(trees: Readonly<Record<string, readonly Node[]>>): string[] {
  const merged = merge(Object.entries(trees).map(([environment, nodes]) => ({ environment, nodes })));
  return linesOf(merged, (text) => text);
}

const place = { file: 'tenants/a.yaml', line: 7, column: 3 };

describe('the trees of several environments', () => {
  it('say once what is the same everywhere', () => {
    const tree = [node('tier', 'standard', { place })];
    const [, line] = lines({ dev: tree, prod: tree });
    expect(line).toBe(`${'tier  standard'.padEnd(94)}tenants/a.yaml:7`);
  });

  it('say where a line holds that is not the same everywhere', () => {
    const limit = (text: string, below: string) => node('limit', text, { children: [node('of', below)] });
    expect(lines({ dev: [limit('10', 'a')], local: [limit('20', 'a')], prod: [limit('20', 'b')] })).toEqual([
      '',
      'limit  [dev]         10',
      '  of  a',
      '       [local, prod] 20',
      '  of  [local] a',
      '      [prod]  b',
    ]);
  });

  it('keep the order of lines that only some have', () => {
    const of = (...names: string[]) => names.map((name) => node(name, 'x'));
    expect(lines({ dev: of('a', 'c'), prod: of('a', 'b', 'c') }).map((line) => line.trim().split(/ +/)[0])).toEqual([
      '',
      'a',
      'b',
      'c',
    ]);
  });

  it('wrap what is too long, behind its label', () => {
    const [, ...wrapped] = lines({ dev: [node('but', 'a sentence of some words '.repeat(8).trim())] });
    expect(wrapped.length).toBe(2);
    expect(wrapped.every((line) => line.length <= 110)).toBe(true);
    expect(wrapped[1]).toMatch(/^ {5}\S/);
  });

  it('show nothing that moves the cursor', () => {
    expect(lines({ dev: [node('name', 'a\u001b[2Jb\u202ec')] }).join('')).toBe('name  a\uFFFD[2Jb\uFFFDc');
  });
});
