import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import type { Finding } from '../compiler/diagnostics/finding.ts';
import type { Release } from '../compiler/emit/release.ts';
import type { DeployOwner } from '../deployer/deploy-input.ts';
import type { PlanOutcome } from '../deployer/outcome.ts';
import type { Violation } from '../deployer/violation.ts';
import { type Connection, connect, seedFor } from './aws.ts';
import type { Console } from './console.ts';
import { type ExitCode, exitCodes } from './exit-codes.ts';
import { dateOf, type FormatOptions, rootOf, today } from './options.ts';
import { compileTree, hasErrors, readConfiguration, renderFindings, type TreeOptions } from './tree.ts';

export interface DeliveryOptions extends TreeOptions, FormatOptions {
  readonly env: string;
}

/** What plan, deploy and status share: one environment compiled, and a connection to where it lives. */
export interface Delivery {
  readonly release: Release;
  readonly findings: readonly Finding[];
  readonly counts: Counts;
  readonly connection: Connection;
}

export interface Counts {
  readonly files: number;
  readonly tenants: number;
  readonly clients: number;
  readonly classes: number;
  readonly rules: number;
}

/** Compiles and connects, hands over to `work` and disconnects again. With errors in the configuration nothing is connected. */
export async function deliver(
  options: DeliveryOptions,
  console: Console,
  work: (delivery: Delivery) => Promise<ExitCode>,
): Promise<ExitCode> {
  const tree = readConfiguration(options);
  const compilation = await compileTree(tree, options);
  const [release] = compilation.releases;
  const [environment] = compilation.environments;
  if (hasErrors(compilation.findings) || release === undefined || environment === undefined) {
    console.print(renderFindings(compilation, tree.files.length, options.format, console));
    return exitCodes.findings;
  }
  const { data } = environment.table;
  const counts: Counts = {
    files: tree.files.length,
    tenants: environment.model.tenants.length,
    clients: Object.keys(data.clients).length,
    classes: Object.keys(data.classes).length,
    rules: Object.keys(data.rules).length,
  };
  const prepare = seedFor(environment, release.artifacts);
  const connection = await connect(rootOf(options), environment.model.environment, prepare);
  try {
    return await work({ release, findings: compilation.findings, counts, connection });
  } finally {
    await connection.close();
  }
}

/** Credentials are deleted by the real day. Only on a laptop, where nothing is at stake, does --at move that as well. */
export function deletionDay(options: DeliveryOptions, { stateDirectory }: Connection): string {
  return stateDirectory === undefined ? today() : dateOf(options);
}

export function deployOwner(): DeployOwner {
  return { id: randomUUID(), host: hostname(), pid: process.pid };
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

export function violationsText(violations: readonly Violation[], console: Console): string {
  return violations
    .map(
      ({ code, reason, fix }) =>
        `${console.style('refused', 'red')} ${code}\n  ${reason}\n  ${console.style('fix', 'green')} ${fix}\n`,
    )
    .join('\n');
}

/** What plan and status say when nothing could be looked at, or nothing may be done. */
export function reportProblem(
  outcome: Extract<PlanOutcome, { kind: 'refused' | 'failed' | 'unavailable' }>,
  { format }: FormatOptions,
  console: Console,
): ExitCode {
  if (outcome.kind === 'refused') {
    if (format === 'text') console.print(violationsText(outcome.violations, console));
    return exitCodes.refused;
  }
  console.progress(`${outcome.failure.reason}\n  ${console.style('fix', 'green')} ${outcome.failure.fix}`);
  return outcome.kind === 'failed' ? exitCodes.failed : exitCodes.unavailable;
}
