import { describe, expect, it } from 'vitest';
import { BrokenArtifact, verify } from '../../compiler/verify/verify.ts';
import { artifactNames } from '../../contract/artifacts/artifacts.ts';
import { replaced } from './effect/mutations.ts';
import { brokenText, dev, told } from './verify/broken.ts';

describe('tokens', () => {
  it.each(['@{relaese}', '@{guardrail:pii}', '@{infra:bucket-name}', '@{env:HOME}', '@{'])('%s is none', (token) => {
    const change = (text: string) => text.replace('registry.example/agentgateway:v1.4.1', token);
    expect(told(brokenText('task.json', change))).toMatch(/^tokens: task\.json: @\{[\s\S]* is no token$/);
  });

  it('name clients that will exist', () => {
    const change = (text: string) => text.replaceAll('@{client:globex/default}', '@{client:globex/other}');
    expect(told(brokenText('agentgateway.json', change))).toContain(
      'tokens: agentgateway.json: @{client:globex/other} names no app client',
    );
  });
});

describe('schemas', () => {
  // The service that reads it refuses fields that it does not know: no version.
  const ours = artifactNames.filter((name) => name !== 'agentgateway.json' && name !== 'ratelimit.json');

  it.each(ours)('%s has no field but its own, and all of them', (name) => {
    const changed = (field: string, value: unknown) =>
      told(brokenText(name, (text) => JSON.stringify(replaced(JSON.parse(text), [field], value))));
    expect(changed('extra', 1)).toContain(`schemas: ${name}: must NOT have additional properties`);
    expect(changed('schemaVersion', undefined)).toContain(
      `schemas: ${name}: must have required property 'schemaVersion'`,
    );
    expect(changed('schemaVersion', 2)).toContain(`schemas: ${name}/schemaVersion: must be equal to constant`);
  });
});

describe('the error', () => {
  const optional = dev.artifacts['agentgateway.json'].replace('"mode": "strict"', '"mode": "optional"');

  function thrown(text: string): unknown {
    try {
      verify(dev.model, { ...dev.artifacts, 'agentgateway.json': text });
    } catch (error) {
      return error;
    }
    return undefined;
  }

  it('is none where no law is broken', () => {
    expect(() => verify(dev.model, dev.artifacts)).not.toThrow();
  });

  it('names the environment and every violation with its law', () => {
    const error = thrown(optional.replace('CC-$$', () => 'CC-$'));
    expect(error).toBeInstanceOf(BrokenArtifact);
    expect(String(error)).toMatch(
      /the artifacts compiled for dev break 2 law\(s\):\n {2}dollars: agentgateway\.json: .*\n {2}gateways: agentgateway\.json: jwtAuth is not strict$/,
    );
  });

  it('stays readable where one mistake breaks everything', () => {
    const error = thrown(dev.artifacts['agentgateway.json'].replaceAll('"x-gw-rule"', '"x-gw-rules"'));
    expect(String(error)).toMatch(/ {2}and \d+ more$/);
    expect(String(error).split('\n').length).toBeLessThan(60);
  });
});
