#!/usr/bin/env node
import { toolVersion } from './version.ts';

// Asked often, by scripts: answered before anything else is loaded.
if (process.argv.length === 3 && process.argv[2] === '--version') {
  process.stdout.write(`${toolVersion()}\n`);
} else {
  const { run } = await import('./program.ts');
  process.exitCode = await run(process.argv.slice(2));
}
