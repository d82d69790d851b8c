import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { z } from 'zod';

export const root = fileURLToPath(new URL('../..', import.meta.url));

/** Text, numbers and booleans, as `env` and `with` take them. */
const values = z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]));

const concurrency = z.strictObject({
  group: z.string(),
  'cancel-in-progress': z.union([z.boolean(), z.string()]),
});

const step = z.union([
  z.strictObject({ uses: z.string(), id: z.string().optional(), if: z.string().optional(), with: values.optional() }),
  z.strictObject({ run: z.string(), id: z.string().optional(), if: z.string().optional(), env: values.optional() }),
]);

const job = z.strictObject({
  name: z.string().optional(),
  needs: z.string().optional(),
  if: z.string().optional(),
  'runs-on': z.string(),
  'timeout-minutes': z.number().int().max(60),
  environment: z.string().optional(),
  permissions: z.record(z.string(), z.string()).optional(),
  outputs: z.record(z.string(), z.string()).optional(),
  strategy: z
    .strictObject({
      'fail-fast': z.boolean(),
      'max-parallel': z.number().int().optional(),
      matrix: z.record(z.string(), z.union([z.string(), z.array(z.number())])),
    })
    .optional(),
  steps: z.array(step),
});

/** Closed: a workflow that uses more of the language than this has to be thought about here first. */
const workflow = z.strictObject({
  name: z.string(),
  on: z.record(z.string(), z.unknown()),
  permissions: z.record(z.string(), z.string()),
  concurrency: concurrency.optional(),
  jobs: z.record(z.string(), job),
});

type Job = z.infer<typeof job>;
type Step = z.infer<typeof step>;

export interface WorkflowFile extends z.infer<typeof workflow> {
  readonly file: string;
  readonly text: string;
}

export function workflowFiles(): WorkflowFile[] {
  const folder = `${root}/.github/workflows`;
  return readdirSync(folder).map((file) => {
    const text = readFileSync(`${folder}/${file}`, 'utf8');
    return { file, text, ...workflow.parse(parse(text)) };
  });
}

export function workflowNamed(name: string): WorkflowFile {
  const found = workflowFiles().find((file) => file.name === name);
  if (found === undefined) throw new Error(`there is no workflow ${name}`);
  return found;
}

export function jobNamed(workflow: WorkflowFile, name: string): Job {
  const found = workflow.jobs[name];
  if (found === undefined) throw new Error(`${workflow.file} has no job ${name}`);
  return found;
}

export function stepsOf(workflow: WorkflowFile): Step[] {
  return Object.values(workflow.jobs).flatMap((job) => job.steps);
}

export function commandsOf(workflow: WorkflowFile): string[] {
  return stepsOf(workflow).flatMap((step) => ('run' in step ? [step.run] : []));
}
