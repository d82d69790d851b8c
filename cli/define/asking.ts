import { Option } from 'commander';
import { options } from '../options.ts';
import type { Define } from './define.ts';

/** Questions to a configuration: what holds, what will change, what has changed, what its gateways answer. */
export const defineAsking: Define = (program, console, done) => {
  program
    .command('explain')
    .argument('<tenant>', 'name of a tenant')
    .description('say what holds for a tenant and who decided it, and which way a request for a model takes')
    .addOption(options.root())
    .addOption(options.environments())
    .addOption(options.at())
    .option('--model <name>', 'the way of a request for this model, by its name or an alias')
    .option('--client <name>', 'only this app client')
    .option('--path <path>', 'only what is served on this path, such as /v1/responses')
    .addOption(options.format('text', 'json'))
    .action(async (tenant, given) => done((await import('../commands/explain.ts')).explain(tenant, given, console)));
  program
    .command('timeline')
    .description('say what changes by itself after a day, and what to do then')
    .addOption(options.root())
    .addOption(options.environments())
    .addOption(options.at())
    .addOption(options.until())
    .addOption(options.format('text', 'json'))
    .action(async (given) => done((await import('../commands/timeline.ts')).timeline(given, console)));
  program
    .command('diff')
    .description('say in sentences what changed since a commit, with its risk')
    .requiredOption('--base <ref>', 'commit, branch or tag to compare the working tree with')
    .option('--head <ref>', 'commit, branch or tag instead of the working tree')
    .addOption(options.root())
    .addOption(options.environments())
    .addOption(options.at())
    .addOption(options.exitCode())
    .addOption(options.format('text', 'json', 'markdown'))
    .action(async (given) => done(await (await import('../commands/diff.ts')).diff(given, console)));
  program
    .command('test')
    .description('send the requests of routing/tests to the compiled configuration and compare the answers')
    .addOption(options.root())
    .addOption(options.environments())
    .addOption(options.at())
    .addOption(
      new Option('--engine <engine>', 'what answers: model, binary or all (default: what is at hand)').choices([
        'model',
        'binary',
        'all',
      ]),
    )
    .option('--file <text>', 'only cases of test files whose path has this text')
    .option('--case <text>', 'only cases whose name has this text')
    .option('--coverage', 'say which rules, targets, guardrails, limits and budgets no case exercises')
    .addOption(options.format('text', 'json', 'junit'))
    .action(async (given) => done(await (await import('../commands/test.ts')).test(given, console)));
};
