import { spawn } from 'node:child_process';

export interface Captured {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a program to its end, without colours, and keeps what it prints. */
export function capture(command: string, args: readonly string[], cwd: string): Promise<Captured> {
  const env = { ...surroundings(), NO_COLOR: '1', FORCE_COLOR: undefined };
  const child = spawn(command, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (status) => resolve({ status, stdout, stderr }));
  });
}

/** What GitHub Actions and npm tell a step about itself is not meant for the programs that a test runs in it. */
function surroundings(): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !name.startsWith('GITHUB_') && name !== 'npm_command'),
  );
}
