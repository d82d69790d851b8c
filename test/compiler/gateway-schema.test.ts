import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { compiled, filesIn, repository } from './project.ts';

/** agentgateway's own schema of its config. It is not part of this project: it lies beside it, or it does not. */
const file = '../shared/agentgateway/config-v1.4.1.schema.json';
const present = existsSync(join(repository, file));
const reason = present ? '' : ` (skipped: ${file} is not beside the project)`;

describe.skipIf(!present)(`the contract with agentgateway v1.4.1${reason}`, () => {
  let compiledSchema: ValidateFunction | undefined;

  function violations(config: unknown): string[] {
    compiledSchema ??= new Ajv2020({ strict: false, allErrors: false, validateFormats: false }).compile(
      JSON.parse(readFileSync(join(repository, file), 'utf8')),
    );
    if (compiledSchema(config)) return [];
    return (compiledSchema.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
  }

  const { releases } = compiled(filesIn(repository));
  const complete = compiled(filesIn(join(import.meta.dirname, 'projects/complete'))).releases;

  it('is kept by every environment of the example and of the complete project', () => {
    expect([...releases, ...complete].map(({ environment }) => environment)).toEqual([
      'dev',
      'local',
      'prod',
      'dev',
      'prod',
    ]);
    for (const { environment, artifacts } of [...releases, ...complete]) {
      expect(violations(JSON.parse(artifacts['agentgateway.json'])), environment).toEqual([]);
    }
  });

  it('would notice a misspelt field', () => {
    const config = JSON.parse(releases[0]?.artifacts['agentgateway.json'] ?? '');
    config.gateways.default.jwtAuth.moode = config.gateways.default.jwtAuth.mode;
    expect(violations(config)).not.toEqual([]);
  });
});
