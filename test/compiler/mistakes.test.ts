import { describe, expect, it } from 'vitest';
import { compiled, filesIn, overlay, repository } from './project.ts';

const example = filesIn(repository);
const read = (path: string): string => example[path] ?? '';

const bomb = ['a: &a [x, x, x, x, x, x, x, x, x, x]', ...'bcdefgh'.split('').map(level)].join('\n');

function level(name: string, index: number): string {
  const before = 'abcdefg'[index];
  return `${name}: &${name} [${Array(10).fill(`*${before}`).join(', ')}]`;
}

describe('four mistakes in one run', () => {
  const { findings, releases } = compiled(
    overlay(example, {
      'tenants/platform.yaml': read('tenants/platform.yaml').replace('  tier: unlimited', '  teir: unlimited'),
      'tenants/playground.yaml': read('tenants/playground.yaml').replace('routing: base', 'routing: bedrock-frist'),
      'tenants/hackathon.yaml': read('tenants/hackathon.yaml').replace('costCenter: CC-1020', 'costCenter: "CC-1020'),
      'tenants/bomb.yaml': bomb,
    }),
  );
  const errors = findings.filter((finding) => finding.severity === 'error');

  it('reports each with its place and what to do', () => {
    const places = errors.map(
      ({ code, place }) => `${code} ${place.file}:${place.range.start.line}:${place.range.start.column}`,
    );
    expect(places).toEqual([
      'yaml/alias-limit tenants/bomb.yaml:4:36',
      'yaml/unclosed tenants/hackathon.yaml:9:15',
      'schema/unknown-field tenants/platform.yaml:12:3',
      'reference/unknown tenants/playground.yaml:12:12',
    ]);
    expect(errors.filter(({ hint }) => hint === undefined)).toEqual([]);
    expect(errors.map(({ hint }) => hint).join('\n')).toMatch(/tier[\s\S]*bedrock-first/);
  });

  it('releases nothing, in no environment', () => {
    expect(releases).toEqual([]);
  });
});
