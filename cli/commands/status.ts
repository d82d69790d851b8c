import { readStatus, type Status } from '../../deployer/status.ts';
import { connect, hasLocalState } from '../aws.ts';
import type { Console } from '../console.ts';
import { reportProblem } from '../delivery.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { commandName } from '../invocation.ts';
import { type FormatOptions, type RootOptions, rootOf } from '../options.ts';
import { count, short } from '../plan-text.ts';
import { printJson } from '../print-json.ts';
import { analyseTree, readConfiguration } from '../tree.ts';
import { UsageError } from '../usage-error.ts';

interface StatusOptions extends RootOptions, FormatOptions {
  readonly env: string;
}

/** Works also while the configuration has errors: all it needs of it is where the environment lives. */
export async function status(options: StatusOptions, console: Console): Promise<ExitCode> {
  const { resources } = analyseTree(readConfiguration(options), options);
  const environment = resources.environments.get(options.env);
  if (environment === undefined) {
    throw new UsageError(
      `infra/environments/${options.env}.yaml cannot be read as an environment: gatewright validate says why`,
    );
  }
  if (environment.spec.class === 'local' && !hasLocalState(rootOf(options), environment)) {
    return nothingYet(options, console);
  }
  const connection = await connect(rootOf(options), environment);
  try {
    const { aws, releaseBucket } = connection;
    const outcome = await readStatus({ environment: options.env, aws, releaseBucket });
    if (options.format === 'json') printJson(console, outcome);
    if (outcome.kind !== 'status') return reportProblem(outcome, options, console);
    if (options.format === 'text') console.print(statusText(outcome.status, console));
    return exitCodes.fine;
  } finally {
    await connection.close();
  }
}

function nothingYet(options: StatusOptions, console: Console): ExitCode {
  if (options.format === 'json') printJson(console, { kind: 'status', status: null });
  else
    console.print(`${options.env}: nothing was deployed yet; ${commandName()} deploy --env ${options.env} does it\n`);
  return exitCodes.fine;
}

function statusText(status: Status, console: Console): string {
  const { pointer, service, quarantined, interrupted, lock, lastDeployment } = status;
  const lines = [
    pointer === null
      ? 'nothing was deployed yet'
      : `release ${console.style(short(pointer.release), 'bold')} since ${pointer.at}, linked config ${short(pointer.linked)}`,
    service === null
      ? 'the service does not exist'
      : `service: ${service.running} of ${service.desired} tasks run${service.asPointed ? '' : `, with ${service.taskDefinition}, which is not what was deployed`}${service.rollout === null ? '' : `; rollout ${service.rollout}`}`,
    count(status.clients, 'app client'),
    ...quarantined.map(
      ({ key, since, deletedFrom }) => `in quarantine: ${key} since ${since}, deleted by a deploy from ${deletedFrom}`,
    ),
    ...interrupted.map((key) => `interrupted: the creation of ${key}; the next deploy settles it`),
    ...(lock === null ? [] : [`locked by ${lock.owner.id} on ${lock.owner.host} since ${lock.since}`]),
    ...(lastDeployment === null ? [] : [`last deploy: ${lastDeployment.outcome} at ${lastDeployment.ended}`]),
  ];
  return `${console.style(status.environment, 'bold')}\n${lines.map((line) => `  ${line}\n`).join('')}`;
}
