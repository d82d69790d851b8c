import type { Analysis } from '../../compiler/analysis.ts';
import type { Position } from '../../compiler/diagnostics/finding.ts';
import type { ConfigTestCase } from '../../compiler/schema/config-test.ts';
import { byCodeUnit } from '../../contract/canonical.ts';

/** One case of one test file, with the place where people find it. */
export interface LocatedCase extends ConfigTestCase {
  readonly file: string;
  /** Name of the resource. */
  readonly test: string;
  readonly position: Position;
  /** undefined: all. */
  readonly environments: readonly string[] | undefined;
}

/** All cases, by file and in the order in which they are written. */
export function casesOf({ resources, documents }: Analysis): readonly LocatedCase[] {
  const tests = [...resources.configTests.values()].sort((a, b) => byCodeUnit(a.file, b.file));
  return tests.flatMap(({ file, name, spec }) =>
    spec.cases.map((one, index) => ({
      ...one,
      file,
      test: name,
      position: documents.get(file)?.locate(['spec', 'cases', index]).start ?? { line: 1, column: 1 },
      environments: spec.environments,
    })),
  );
}

export function appliesTo({ environments }: LocatedCase, environment: string): boolean {
  return environments === undefined || environments.includes(environment);
}

/** Parts of what the wanted cases have; undefined: any. */
export interface CaseFilter {
  readonly file?: string | undefined;
  readonly name?: string | undefined;
}

export function isWanted(one: LocatedCase, { file = '', name = '' }: CaseFilter): boolean {
  return one.file.includes(file) && one.name.includes(name);
}
