import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { extname } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { Halt } from '../failure.ts';

export interface LaunchedAws {
  readonly endpoint: string;
  stop(): Promise<void>;
}

type Child = ChildProcessByStdio<Writable, Readable, Readable>;

/** Starts the embedded AWS as a child of this process; it ends with it, however this process ends. */
export async function launchEmbeddedAws(
  stateDir: string,
  options: { readonly throttle?: boolean } = {},
): Promise<LaunchedAws> {
  const self = fileURLToPath(import.meta.url);
  const extension = extname(self);
  const main = fileURLToPath(new URL(`./main${extension}`, import.meta.url));
  const child = spawn(
    process.execPath,
    [
      // Run from the sources, which only happens in tests.
      ...(extension === '.ts' ? ['--import', 'tsx'] : []),
      main,
      `--state=${stateDir}`,
      ...(options.throttle === false ? ['--no-throttle'] : []),
    ],
    { stdio: ['pipe', 'pipe', 'pipe'] },
  );
  const endpoint = await firstLine(child);
  // A command that forgets to stop it must still be able to end.
  child.unref();
  for (const stream of [child.stdin, child.stdout, child.stderr]) {
    if ('unref' in stream && typeof stream.unref === 'function') stream.unref();
  }
  return { endpoint, stop: () => stop(child) };
}

function firstLine(child: Child): Promise<string> {
  return new Promise((resolve, reject) => {
    let output = '';
    let complaints = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      complaints += text;
    });
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      output += text;
      if (output.includes('\n')) resolve((JSON.parse(output) as { endpoint: string }).endpoint);
    });
    child.once('error', reject);
    child.once('close', (code) => {
      const reason = `the embedded AWS did not start (exit ${code}): ${complaints.trim()}`;
      reject(new Halt(reason, 'end the process that uses its state directory, or remove that directory to begin anew'));
    });
  });
}

function stop(child: Child): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    child.ref();
    const timer = setTimeout(() => child.kill('SIGKILL'), 3000);
    child.once('exit', () => {
      clearTimeout(timer);
      resolve();
    });
    child.stdin.end();
  });
}
