import { Option } from 'commander';
import { options } from '../options.ts';
import type { Define } from './define.ts';

/** What judges the configuration, and what is made of one that is right. */
export const defineChecking: Define = (program, console, done) => {
  program
    .command('validate')
    .description('check the configuration and say everything that is wrong with it')
    .addOption(options.root())
    .addOption(options.environments())
    .addOption(options.at())
    .addOption(
      // A file that is being edited is not written to.
      new Option('--fix', 'first write what can only be meant in one way: misspelt fields, missing quotes').conflicts(
        'watch',
      ),
    )
    .addOption(options.format('text', 'json', 'sarif', 'github', 'junit'))
    .option('--watch', 'validate again after each save, until Ctrl-C')
    .action(async (given) =>
      done(
        given.watch === true
          ? await (await import('../commands/watch.ts')).watch(given, console)
          : (await import('../commands/validate.ts')).validate(given, console),
      ),
    );
  program
    .command('compile')
    .description('validate, then write the artifacts of each environment to <out>/<env>/')
    .addOption(options.root())
    .addOption(options.environments())
    .addOption(options.at())
    .option('--out <dir>', 'where artifacts go, relative to the root', 'dist')
    .option('--gateway-schema <file>', "agentgateway's own JSON Schema, to validate its config against")
    .addOption(options.format('text', 'json'))
    .action(async (given) => done(await (await import('../commands/compile.ts')).compile(given, console)));
};
