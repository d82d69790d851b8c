import { createInterface } from 'node:readline/promises';
import { UsageError } from './usage-error.ts';

/** Whether a person sits there who can answer. */
export function isInteractive(): boolean {
  return process.stdin.isTTY === true && process.stderr.isTTY === true;
}

/** Lets `conversation` ask on the terminal. Whoever closes the input leaves: nothing is done. */
export async function onTerminal<T>(
  conversation: (ask: (question: string) => Promise<string>) => Promise<T>,
): Promise<T> {
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  const left = new Promise<never>((_, reject) => {
    terminal.once('close', () => reject(new UsageError('no more answers, so nothing was written')));
  });
  // Without a question there is nobody to whom the end of the input is a failure.
  left.catch(() => {});
  try {
    return await conversation((question) => Promise.race([terminal.question(question), left]));
  } finally {
    terminal.close();
  }
}
