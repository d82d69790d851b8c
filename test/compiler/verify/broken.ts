import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Model } from '../../../compiler/resolve/model.ts';
import { type Violation, violationsOf } from '../../../compiler/verify/laws.ts';
import type { ArtifactName, Artifacts } from '../../../contract/artifacts/artifacts.ts';
import type { Path } from '../effect/leaves.ts';
import { replaced, valueAt } from '../effect/mutations.ts';
import { compiled, minimal, overlay, sections } from '../project.ts';

export interface Compiled {
  readonly model: Model;
  readonly artifacts: Artifacts;
  /** The gateway config as it is written, dollar signs doubled. */
  readonly gateway: Gateway;
}

interface Gateway {
  readonly routes: readonly { readonly name: string }[];
  readonly backends: readonly { readonly name: string; readonly host?: string }[];
  readonly policies: readonly { readonly name: { readonly name: string } }[];
}

const project = overlay(minimal, sections(readFileSync(join(import.meta.dirname, 'project.txt'), 'utf8')));

/** One environment of the project of these tests: `dev` counts and asks globally, `lab` locally. */
export function environment(name: 'dev' | 'lab'): Compiled {
  const { environments, releases, findings } = compiled(project, [name]);
  const [analysed] = environments;
  const [release] = releases;
  if (analysed === undefined || release === undefined) throw new Error(findings.map((f) => f.message).join('\n'));
  const gateway = JSON.parse(release.artifacts['agentgateway.json']) as Gateway;
  return { model: analysed.model, artifacts: release.artifacts, gateway };
}

export const dev = environment('dev');
export const lab = environment('lab');

/** What is found where one artifact's text is another. Throws where it is not: such a test would prove nothing. */
export function brokenText(
  name: ArtifactName,
  change: (text: string) => string,
  { model, artifacts }: Compiled = dev,
): readonly Violation[] {
  const text = change(artifacts[name]);
  if (text === artifacts[name]) throw new Error(`${name} is as it was`);
  return violationsOf(model, { ...artifacts, [name]: text });
}

/** The same with one value of the gateway config made from what it was; `undefined` takes it away. */
export function broken(path: Path, change: (value: unknown) => unknown, from: Compiled = dev): readonly Violation[] {
  const value = change(valueAt(from.gateway, path));
  return brokenText('agentgateway.json', () => JSON.stringify(replaced(from.gateway, path, value)), from);
}

/** A change of an expression or another text. */
export function brokenPart(path: Path, part: string, by: string, from: Compiled = dev): readonly Violation[] {
  return broken(
    path,
    (value) => {
      if (!String(value).includes(part)) throw new Error(`${path.join('.')} has no ${part}`);
      return String(value).replace(part, () => by);
    },
    from,
  );
}

export const metadata = (entry: string): Path => [
  'gateways',
  'default',
  'transformations',
  'request',
  'metadata',
  entry,
];

export function route(name: string, ...path: Path): Path {
  return [
    'routes',
    found(
      dev.gateway.routes.findIndex((r) => r.name === name),
      name,
    ),
    ...path,
  ];
}

/** The backend of a route. */
export function backendOf(name: string, ...path: Path): Path {
  const reference = String(valueAt(dev.gateway, route(name, 'backends', 0, 'backend')));
  return [
    'backends',
    found(
      dev.gateway.backends.findIndex((b) => `/${b.name}` === reference),
      reference,
    ),
    ...path,
  ];
}

export function backend(name: string, ...path: Path): Path {
  return [
    'backends',
    found(
      dev.gateway.backends.findIndex((b) => b.name === name),
      name,
    ),
    ...path,
  ];
}

export function policy(name: string, from: Compiled, ...path: Path): Path {
  const index = from.gateway.policies.findIndex((p) => p.name.name === name);
  return ['policies', found(index, name), 'policy', ...path];
}

function found(index: number, what: string): number {
  if (index === -1) throw new Error(`there is no ${what}`);
  return index;
}

/** `law: message` of each. */
export function told(violations: readonly Violation[]): string {
  return violations.map(({ law, message }) => `${law}: ${message}`).join('\n');
}
