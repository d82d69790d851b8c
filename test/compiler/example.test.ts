import { expect, it } from 'vitest';
import { analyse } from '../../compiler/analyse.ts';
import { readTree } from '../../compiler/source/read.ts';
import { day, line, repository } from './project.ts';

it('the example configuration has no finding', () => {
  expect(analyse({ tree: readTree(repository), date: day }).findings.map(line)).toEqual([]);
});
