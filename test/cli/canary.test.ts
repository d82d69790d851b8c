import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Console } from '../../cli/console.ts';
import { minimal } from '../compiler/project.ts';
import { day } from '../day.ts';
import { commitAll } from '../git.ts';
import { temporaryDirectory } from '../temporary.ts';

// As it is built: the program looks for its own version beside itself.
const built = new URL('../../build/cli/program.js', import.meta.url).href;
const { run }: typeof import('../../cli/program.ts') = await import(built);

/** No key of anybody. */
const canary = 'ghp_aB3dE6gH9jK2mN5pQ8sTaB3dE6gH9jK2mN5p';
const escaped = canary.replace('p', '\\u0070');
const password = 'hunter2SuperSecretPass';

/** A configuration with a secret as the name that people read of a tenant, of a client and of a model. */
function written(name: string): string {
  const root = temporaryDirectory();
  for (const [path, text] of Object.entries(minimal)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(
      join(root, path),
      path === 'tenants/acme.yaml' ? text.replace(/displayName: [^,}\n]*/, `displayName: ${name}`) : text,
    );
  }
  return root;
}

async function printed(root: string, command: string): Promise<string> {
  const parts: string[] = [];
  const console: Console = {
    print: (part) => void parts.push(part),
    progress: (part) => void parts.push(`${part}\n`),
    style: (part) => part,
  };
  await run([...command.split(' '), '--root', root], console);
  return parts.join('');
}

const commands = [
  ...['text', 'json', 'sarif', 'github', 'junit'].map((format) => `validate --format ${format}`),
  ...['text', 'json'].map((format) => `explain acme --at ${day} --format ${format}`),
  ...['text', 'json'].map((format) => `timeline --at ${day} --format ${format}`),
  ...['text', 'json', 'markdown'].map((format) => `diff --base HEAD --at ${day} --format ${format}`),
  ...['text', 'json', 'junit'].map((format) => `test --engine model --format ${format}`),
  ...['text', 'json'].map((format) => `compile --format ${format}`),
  ...['text', 'json'].map((format) => `plan --format ${format}`),
  'validate --fix',
  'fmt --check',
];

describe('a secret in the configuration', () => {
  it.each(commands)('is not printed by %s', async (command) => {
    for (const name of [canary, `"${escaped}"`]) {
      const root = written(name);
      commitAll(root);
      const before = await printed(root, command);
      // Of what a commit holds, and the files no longer do.
      const tenant = join(root, 'tenants/acme.yaml');
      writeFileSync(tenant, readFileSync(tenant, 'utf8').replace(name, 'Acme'));
      const after = await printed(root, command);
      for (const text of [before, after]) {
        expect(text).not.toBe('');
        expect(text).not.toContain(canary.slice(8, 24));
      }
    }
  });

  it.each(['password', 'passwd', 'secret', 'token', 'apiKey', 'api_key', 'clientSecret', 'private_key'])(
    'is not printed where a field that is none is called %s',
    async (field) => {
      const root = written('Acme');
      const tenant = join(root, 'tenants/acme.yaml');
      writeFileSync(tenant, `${readFileSync(tenant, 'utf8').trimEnd()}\n  ${field}: ${password}\n`);
      for (const format of ['text', 'json', 'github', 'junit', 'sarif']) {
        const text = await printed(root, `validate --format ${format}`);
        expect(text).toContain('schema/unknown-field');
        expect(text).not.toContain(password.slice(0, 7));
      }
    },
  );

  it('is no artifact where escapes spell it', async () => {
    expect(await printed(written(`"${escaped}"`), 'compile')).toContain('security/secret-value');
  });
});

describe('a link in the configuration', () => {
  it.each([
    ['schemas', 'schema'],
    ['tenants/link', `new tenant b --owner @a/b --cost-center C --tier standard --routing base --folder link/sub`],
  ])('%s: nothing is written through it', async (path, command) => {
    const root = written('Acme');
    const outside = temporaryDirectory();
    symlinkSync(outside, join(root, path));
    expect(await printed(root, command)).toContain(`gatewright: nothing is written through a link, and ${path} is one`);
  });
});
