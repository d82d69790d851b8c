import { parseArgs } from 'node:util';
import { startEmbeddedAws } from './server.ts';

/**
 * The embedded AWS as a child process. It lives exactly as long as the process that holds its standard input: no
 * Ctrl-C for the whole group may take it from under a deployer that is still releasing its lock.
 */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      state: { type: 'string' },
      port: { type: 'string', default: '0' },
      'no-throttle': { type: 'boolean', default: false },
    },
  });
  if (values.state === undefined) throw new Error('--state DIR is missing');
  const embedded = await startEmbeddedAws({
    stateDir: values.state,
    port: Number(values.port),
    throttle: !values['no-throttle'],
    waitForOwnerMilliseconds: 3000,
  });
  const leave = (): void => {
    void embedded.close().finally(() => process.exit(0));
  };
  process.once('SIGTERM', leave);
  process.on('SIGINT', () => undefined);
  process.on('SIGHUP', () => undefined);
  process.stdin.on('end', leave).on('close', leave).on('error', leave).resume();
  process.stdout.write(`${JSON.stringify({ endpoint: embedded.endpoint })}\n`);
}

main().catch((error: Error) => {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
});
