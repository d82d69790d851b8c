import type { Infra } from '../../contract/infra.ts';
import { Halt } from '../failure.ts';
import type { ScriptInput } from './script.ts';
import type { SeedInput } from './seed.ts';

/** The control surface of a running embedded AWS, over HTTP. */

/** Makes what Terraform would make; an unchanged seed writes nothing. */
export async function seedEmbeddedAws(endpoint: string, input: SeedInput): Promise<Infra> {
  return (await post(`${endpoint}/_embedded/seed`, input)) as Infra;
}

export async function scriptEmbeddedAws(endpoint: string, input: ScriptInput): Promise<void> {
  await post(`${endpoint}/_embedded/script`, input);
}

const fix = 'correct what it refused, or remove its state directory to begin anew';

async function post(url: string, body: unknown): Promise<unknown> {
  const headers = { 'content-type': 'application/json' };
  const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) });
  const answer = (await response.json()) as { error?: string };
  if (!response.ok) throw new Halt(`the embedded AWS refused: ${answer.error ?? response.status}`, fix);
  return answer;
}
