import { compile } from '../../../compiler/compile.ts';
import { readTree } from '../../../compiler/source/read.ts';
import { type Engine, mockAnswer, type Observation, type Outcome } from '../../../toolchain/config-tests/engine.ts';
import { type TestedEnvironment, testedEnvironment } from '../../../toolchain/config-tests/environment.ts';
import type { OpenEngine } from '../../../toolchain/config-tests/runner.ts';
import { compiled, day, type Files, repository } from '../../compiler/project.ts';

export function environmentOf(files: Files, name: string): TestedEnvironment {
  return tested(compiled(files, [name]), name);
}

/** An environment of the example in this repository. */
export function exampleEnvironment(name: string): TestedEnvironment {
  const input = { tree: readTree(repository), date: day, commit: null, toolVersion: 'test' };
  return tested(compile({ ...input, environments: [name] }), name);
}

function tested({ environments, releases }: ReturnType<typeof compile>, name: string): TestedEnvironment {
  const [analysed] = environments;
  const [release] = releases;
  if (analysed === undefined || release === undefined) throw new Error(`${name} does not compile`);
  return testedEnvironment(analysed, release);
}

export function observation(more: Partial<Observation> = {}): Observation {
  return {
    status: 200,
    headers: {},
    body: {},
    text: mockAnswer,
    route: undefined,
    attempts: [],
    upstream: undefined,
    log: {},
    ...more,
  };
}

export function certain(more: Partial<Observation> = {}): Outcome[] {
  return [{ weight: 1, observation: observation(more) }];
}

/** Answers every request with the same outcomes. */
export function fixedEngine(name: Engine['name'], outcomes: readonly Outcome[] | Error): OpenEngine {
  return () =>
    Promise.resolve({
      name,
      run: () => (outcomes instanceof Error ? Promise.reject(outcomes) : Promise.resolve(outcomes)),
      close: () => Promise.resolve(),
    });
}
