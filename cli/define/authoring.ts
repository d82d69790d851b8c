import { Option } from 'commander';
import { starters } from '../../toolchain/scaffold/catalogue.ts';
import { options } from '../options.ts';
import type { Define } from './define.ts';

/** What helps people to write configuration. */
export const defineAuthoring: Define = (program, console, done) => {
  program
    .command('init')
    .description('write a new configuration repository that validates, deploys locally, and has a test')
    .argument('[dir]', 'an empty folder', '.')
    .option('--name <name>', 'of the project (default: that of the folder)')
    .addOption(new Option('--provider <provider>', 'where models come from').choices(starters).default('bedrock'))
    .option('--region <region>', 'AWS region', 'us-east-1')
    .action(async (dir, given) => done((await import('../commands/init.ts')).init(dir, given, console)));
  defineNew(program, console, done);
  program
    .command('fmt')
    .description('format configuration files, keeping comments and what they mean')
    .argument('[files...]', 'files and folders (default: all)')
    .option('--check', 'write nothing, list what is not formatted and exit 1')
    .addOption(options.root())
    .action(async (files, given) => done((await import('../commands/fmt.ts')).fmt(files, given, console)));
  program
    .command('schema')
    .description('write the JSON Schemas with which editors complete and explain configuration')
    .option('--check', 'write nothing, list what is missing or stale and exit 1')
    .addOption(options.root())
    .action(async (given) => done((await import('../commands/schema.ts')).schema(given, console)));
};

const defineNew: Define = (program, console, done) => {
  program
    .command('new')
    .description('write a new file of the configuration')
    .command('tenant')
    .description('write the file of a new tenant; on a terminal, ask for what the options leave out')
    .argument('[name]', 'the name, as --name')
    .option('--name <name>', 'name of the tenant and of its file')
    .option('--display-name <text>', 'how people call it')
    .option('--owner <owner>', '@org/team, @user or an e-mail address; may be repeated', collect)
    .option('--cost-center <text>', 'where its spend is booked')
    .option('--org-unit <text>', 'organisational unit')
    .option('--tier <name>', 'a tier of tenants/tiers.yaml')
    .option('--routing <profile>', 'a profile of routing/profiles')
    .option('--guardrail <name>', 'a guardrail beside the mandatory ones; may be repeated, in order', collect)
    .option('--residency <label>', 'where its requests may be processed; may be repeated', collect)
    .option('--client <name>', 'an app client; may be repeated (default: default, unless there are groups)', collect)
    .option('--group <name>', 'an IdP group whose users act for it; may be repeated', collect)
    .option('--monthly-usd <amount>', 'budget, such as 250.00 (default: that of the tier)')
    .option('--folder <folder>', 'folder below tenants/', '')
    .addOption(options.root())
    .addOption(options.at())
    .action(async (name, given) =>
      done(await (await import('../commands/new-tenant.ts')).newTenant(name, given, console)),
    );
};

function collect(value: string, values: readonly string[] = []): readonly string[] {
  return [...values, value];
}
