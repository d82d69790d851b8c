import { planDeploy } from '../../deployer/deploy.ts';
import type { Console } from '../console.ts';
import {
  type Delivery,
  type DeliveryOptions,
  deletionDay,
  deliver,
  reportProblem,
  violationsText,
} from '../delivery.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { planText } from '../plan-text.ts';
import { printJson } from '../print-json.ts';

interface PlanOptions extends DeliveryOptions {
  readonly exitCode?: boolean;
}

export function plan(options: PlanOptions, console: Console): Promise<ExitCode> {
  return deliver(options, console, (delivery) => show(options, delivery, console));
}

async function show(options: PlanOptions, { release, connection }: Delivery, console: Console): Promise<ExitCode> {
  const { aws, releaseBucket } = connection;
  const outcome = await planDeploy({
    artifacts: release.artifacts,
    aws,
    releaseBucket,
    today: deletionDay(options, connection),
  });
  if (options.format === 'json') printJson(console, outcome);
  if (outcome.kind !== 'planned') return reportProblem(outcome, options, console);
  const { plan } = outcome;
  if (options.format === 'text') console.print(planText(plan, console) + violationsText(plan.refused, console));
  if (plan.refused.length > 0) return exitCodes.refused;
  return options.exitCode === true && plan.actions.length > 0 ? exitCodes.pending : exitCodes.fine;
}
