import { setTimeout as sleep } from 'node:timers/promises';
import { deploy as applyRelease } from '../../deployer/deploy.ts';
import type { Watch } from '../../deployer/deploy-input.ts';
import type { DeployOutcome } from '../../deployer/outcome.ts';
import type { Console } from '../console.ts';
import {
  type Delivery,
  type DeliveryOptions,
  deletionDay,
  deliver,
  deployOwner,
  isAlive,
  violationsText,
} from '../delivery.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { commandName } from '../invocation.ts';
import { rootOf } from '../options.ts';
import { count, planText, short } from '../plan-text.ts';
import { printJson } from '../print-json.ts';
import { reportProgress } from '../progress.ts';
import { below } from '../tree.ts';

export function deploy(options: DeliveryOptions, console: Console): Promise<ExitCode> {
  return deliver(options, console, (delivery) => rollOut(options, delivery, console));
}

/** Nothing happens by the clock in the embedded AWS: it moves on with every look. */
const embeddedWatch: Watch = { delayMilliseconds: 50, limit: 200 };

async function rollOut(options: DeliveryOptions, delivery: Delivery, console: Console): Promise<ExitCode> {
  const { release, connection, counts } = delivery;
  console.progress(
    `compiled release ${short(release.id)} for ${release.environment}: ${count(counts.tenants, 'tenant')}, ${count(counts.clients, 'app client')}, ${count(counts.rules, 'rule')}`,
  );
  const started = Date.now();
  const isLocal = connection.stateDirectory !== undefined;
  const signal = stopSignal(console);
  const outcome = await applyRelease({
    artifacts: release.artifacts,
    aws: connection.aws,
    releaseBucket: connection.releaseBucket,
    today: deletionDay(options, connection),
    owner: deployOwner(),
    now: () => new Date(),
    // Not cut short by a signal: within an action it keeps to AWS's rates.
    sleep: (milliseconds) => sleep(milliseconds),
    // Containers share names of hosts and numbers of processes: only on this machine does a dead process free a lock.
    isAlive: isLocal ? isAlive : () => true,
    signal,
    report: reportProgress(console),
    ...(isLocal ? { watch: embeddedWatch } : {}),
  });
  if (options.format === 'json') printJson(console, outcome);
  else console.print(outcomeText(outcome, options, delivery, console, Date.now() - started));
  return exitCodeOf(outcome);
}

/** The first Ctrl-C ends the deploy between two actions, with the lock given back; the second ends it at once. */
function stopSignal(console: Console): AbortSignal {
  const controller = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM'] as const) {
    process.once(name, () => {
      console.progress('stopping after this action; the next deploy goes on from here');
      controller.abort();
    });
  }
  return controller.signal;
}

function exitCodeOf(outcome: DeployOutcome): ExitCode {
  switch (outcome.kind) {
    case 'unchanged':
    case 'deployed':
      return exitCodes.fine;
    case 'rolled-back':
      return exitCodes.rolledBack;
    case 'failed':
    case 'interrupted':
      return exitCodes.failed;
    case 'refused':
      return exitCodes.refused;
    case 'unavailable':
      return exitCodes.unavailable;
  }
}

function outcomeText(
  outcome: DeployOutcome,
  options: DeliveryOptions,
  delivery: Delivery,
  console: Console,
  milliseconds: number,
): string {
  switch (outcome.kind) {
    case 'unchanged':
      return planText(outcome.plan, console);
    case 'deployed': {
      const { deployed, plan } = outcome;
      const seconds = (milliseconds / 1000).toFixed(1);
      return [
        `${console.style('deployed', 'green')} release ${short(deployed.release)} to ${plan.environment} in ${seconds} s\n`,
        nextSteps(options, delivery),
      ].join('');
    }
    case 'refused':
      return violationsText(outcome.violations, console);
    case 'rolled-back':
    case 'failed':
    case 'interrupted':
    case 'unavailable': {
      const { reason, fix, alarms } = outcome.failure;
      const raised = alarms.length === 0 ? '' : `  alarms: ${alarms.join(', ')}\n`;
      return `${console.style(outcome.kind, 'red')}: ${reason}\n${raised}  ${console.style('fix', 'green')} ${fix}\n`;
    }
  }
}

/** On a laptop: where to look and what to try. In an account people have other places for that. */
function nextSteps(options: DeliveryOptions, { release, connection, counts, findings }: Delivery): string {
  const { stateDirectory, releaseBucket } = connection;
  if (stateDirectory === undefined) return '';
  const bucket = below(rootOf(options), '.gatewright', release.environment, 's3', releaseBucket);
  const warnings = findings.filter((finding) => finding.severity === 'warning').length;
  const at = options.root === '.' ? '' : ` --root ${options.root}`;
  const again = commandName();
  return `
${count(counts.tenants, 'tenant')} in ${count(counts.classes, 'class', 'classes')}, ${count(counts.clients, 'app client')}, ${count(counts.rules, 'rule')}, ${count(warnings, 'warning')} from ${count(counts.files, 'file')}
where to look
  the release, decision-table.json first       ${bucket}/releases/${release.id}/
  the gateway's config with real client ids    ${bucket}/linked/
  what runs                                    ${again} status${at}
what to try next
  edit a budget in tenants/, then              ${again} plan${at}
  make a typo in tenants/, then                ${again} validate${at}
  what did my edit change?                     ${again} diff --base HEAD${at}
  deploy it                                    ${again} deploy${at}
`;
}
