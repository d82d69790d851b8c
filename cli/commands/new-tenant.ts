import { newFile, replaceFiles } from '../../toolchain/replace-files.ts';
import { type Given, interview, isComplete, missing, unfit, withDefaults } from '../../toolchain/scaffold/interview.ts';
import { serialised } from '../../toolchain/scaffold/serialise.ts';
import { type Choices, choicesOf, type TenantAnswers, tenantFile } from '../../toolchain/scaffold/tenant.ts';
import { tryFile } from '../../toolchain/scaffold/trial.ts';
import { isInteractive, onTerminal } from '../ask.ts';
import type { Console } from '../console.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { commandName } from '../invocation.ts';
import { type RootOptions, rootOf } from '../options.ts';
import { analyseTree, hasErrors, readConfiguration, renderFindings } from '../tree.ts';
import { UsageError } from '../usage-error.ts';

interface NewTenantOptions extends RootOptions {
  readonly name?: string;
  readonly displayName?: string;
  readonly owner?: readonly string[];
  readonly costCenter?: string;
  readonly orgUnit?: string;
  readonly tier?: string;
  readonly routing?: string;
  readonly guardrail?: readonly string[];
  readonly residency?: readonly string[];
  readonly client?: readonly string[];
  readonly group?: readonly string[];
  readonly monthlyUsd?: string;
  readonly folder: string;
}

/** The whole configuration is checked with the new file in it before the file is written. */
export async function newTenant(
  name: string | undefined,
  options: NewTenantOptions,
  console: Console,
): Promise<ExitCode> {
  const folder = safeFolder(options.folder);
  const tree = readConfiguration(options);
  const { resources, date } = analyseTree(tree, options);
  const answers = await answersFrom(givenBy(name, options), choicesOf(resources));
  const file = tenantFile(answers, folder);
  const text = serialised(file);
  const { analysis, findings } = tryFile(tree, file.path, text, date);
  if (findings.length > 0)
    console.print(renderFindings({ ...analysis, findings }, tree.files.length + 1, 'text', console));
  if (hasErrors(findings)) {
    console.progress('nothing was written');
    return exitCodes.findings;
  }
  const problem = replaceFiles(rootOf(options), [newFile(file.path, text)]);
  if (problem !== undefined) throw new UsageError(`nothing was written: ${problem}`);
  console.print(`${file.path} is written\n`);
  console.progress(
    `next: look at it, then ${commandName()} diff --base HEAD says what it changes; open a pull request`,
  );
  return exitCodes.fine;
}

/** What is missing and what is wrong is told together; on a terminal, what is missing is asked for. */
async function answersFrom(given: Given, choices: Choices): Promise<TenantAnswers> {
  const wrong = unfit(given, choices);
  const asks = isInteractive() && wrong.length === 0;
  if (asks && !isComplete(given)) return await onTerminal((ask) => interview(given, choices, ask));
  if (isComplete(given) && wrong.length === 0) return withDefaults(given);
  const { tiers, profiles } = choices;
  const absent = missing(given);
  const needed = [
    `a tenant also needs ${absent.join(', ')}`,
    `  tiers: ${tiers.join(', ')}`,
    `  profiles: ${profiles.join(', ')}`,
  ];
  throw new UsageError([...wrong, ...(absent.length === 0 ? [] : needed)].join('\n'));
}

function givenBy(name: string | undefined, options: NewTenantOptions): Given {
  const { displayName, costCenter, orgUnit, tier, routing, residency, monthlyUsd } = options;
  if (name !== undefined && options.name !== undefined && name !== options.name) {
    throw new UsageError(`the tenant has two names, ${name} and ${options.name}`);
  }
  return {
    name: name ?? options.name,
    displayName,
    owners: options.owner,
    costCenter,
    orgUnit,
    tier,
    routing,
    guardrails: options.guardrail,
    residency,
    clients: options.client,
    groups: options.group,
    monthlyUsd,
  };
}

function safeFolder(folder: string): string {
  const steps = folder.replace(/\/$/, '').split('/');
  if (folder !== '' && !steps.every((step) => /^[A-Za-z0-9][A-Za-z0-9._-]*$/.test(step))) {
    throw new UsageError(`--folder ${folder}: name a folder below tenants/, such as engineering`);
  }
  return folder;
}
