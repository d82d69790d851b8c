import { options } from '../options.ts';
import type { Define } from './define.ts';

/** What looks at or changes a running environment. */
export const defineDelivery: Define = (program, console, done) => {
  program
    .command('plan')
    .description('show what a deploy would do, and do nothing')
    .addOption(options.root())
    .addOption(options.environment())
    .addOption(options.at())
    .addOption(options.exitCode())
    .addOption(options.format('text', 'json'))
    .action(async (given) => done(await (await import('../commands/plan.ts')).plan(given, console)));
  program
    .command('deploy')
    .description('validate, compile, plan and roll out one environment')
    .addOption(options.root())
    .addOption(options.environment())
    .addOption(options.at())
    .addOption(options.format('text', 'json'))
    .action(async (given) => done(await (await import('../commands/deploy.ts')).deploy(given, console)));
  program
    .command('status')
    .description('what runs in an environment')
    .addOption(options.root())
    .addOption(options.environment())
    .addOption(options.format('text', 'json'))
    .action(async (given) => done(await (await import('../commands/status.ts')).status(given, console)));
};
