import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { capture } from '../capture.ts';
import { commitAll } from '../git.ts';

/**
 * A scenario is one text file: what it shows, a project to start from, and steps in order.
 *
 *     Sentence that says what is shown.
 *     == project minimal
 *     == file tenants/a.yaml        (its content follows)
 *     == remove tenants/b.yaml
 *     == git commit                 (makes the folder a repository and commits everything)
 *     == run validate --env local   (exit status, standard output and standard error follow)
 */
export interface Scenario {
  readonly intent: string;
  readonly steps: readonly Step[];
}

export interface Step {
  readonly verb: 'project' | 'file' | 'remove' | 'git' | 'run';
  readonly argument: string;
  readonly body: string;
}

const repository = fileURLToPath(new URL('../..', import.meta.url));
const main = join(repository, 'build', 'cli', 'main.js');

export function parseScenario(text: string): Scenario {
  const [intent = '', ...sections] = text.split(/^== /m);
  const steps = sections.map((section): Step => {
    const end = section.indexOf('\n');
    const head = section.slice(0, end);
    const verb = head.split(' ')[0] as Step['verb'];
    return { verb, argument: head.slice(verb.length + 1), body: section.slice(end + 1) };
  });
  return { intent, steps };
}

/** Plays a scenario in a new folder and writes it down again as it went. */
export async function play({ intent, steps }: Scenario): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'gatewright-scenario-'));
  try {
    let played = intent;
    for (const step of steps) played += `== ${step.verb} ${step.argument}\n${await perform(step, folder)}`;
    return played;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function perform(step: Step, folder: string): Promise<string> {
  switch (step.verb) {
    case 'project':
      copyProject(step.argument, folder);
      return step.body;
    case 'file': {
      const file = join(folder, step.argument);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, step.body);
      return step.body;
    }
    case 'remove':
      rmSync(join(folder, step.argument), { recursive: true });
      return step.body;
    case 'git':
      commitAll(folder);
      return step.body;
    case 'run':
      return await runCommand(step.argument, folder);
  }
}

const configuration = ['gatewright.yaml', 'tenants', 'routing', 'guardrails', 'pricing', 'infra/environments'];

function copyProject(name: string, folder: string): void {
  if (name !== 'example') {
    cpSync(join(repository, 'test', 'compiler', 'projects', name), folder, { recursive: true });
    return;
  }
  for (const path of configuration) cpSync(join(repository, path), join(folder, path), { recursive: true });
}

async function runCommand(argument: string, folder: string): Promise<string> {
  const { status, stdout, stderr } = await capture(
    process.execPath,
    [main, ...argument.split(' ').filter(Boolean)],
    folder,
  );
  const section = (name: string, text: string) => (text === '' ? '' : `-- ${name}\n${stable(text, folder)}`);
  return `-- exit ${status}\n${section('output', stdout)}${section('progress', stderr)}`;
}

/** What differs from run to run and says nothing: folders, times, generated ids. */
function stable(text: string, folder: string): string {
  return text
    .replaceAll(folder, '<folder>')
    .replace(/in \d+\.\d s/g, 'in <n> s')
    .replace(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d+Z/g, '<time>')
    .replace(/"commit": "[0-9a-f]{40}"/g, '"commit": "<commit>"')
    .replace(/linked config [0-9a-f]{12}/g, 'linked config <digest>');
}
