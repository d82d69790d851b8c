import { afterAll, describe, expect, it } from 'vitest';
import type { JsonObject } from '../../contract/canonical.ts';
import { type Engine, type Observation, quietWorld } from '../../toolchain/config-tests/engine.ts';
import { binary, model } from '../../toolchain/config-tests/engines.ts';
import { testedEnvironment } from '../../toolchain/config-tests/environment.ts';
import type { OpenEngine } from '../../toolchain/config-tests/runner.ts';
import { binary as gateway } from '../toolchain/config-tests/binary-world.ts';
import { hostileTexts, labelOf, quoted, request } from './hostile.ts';
import { compiled, type Files, minimal, overlay } from './project.ts';

const engines: readonly (readonly [string, OpenEngine])[] = [
  ['the model engine', model],
  ...(gateway.isMissing ? [] : [['the gateway', binary(gateway.executable)] as const]),
];

describe.each(engines)('to %s', (_, open) => {
  describe.each(hostileTexts.map((text) => [JSON.stringify(text), text]))('%s', (__, text) => {
    const opened = engineFor(open, answering(text));
    afterAll(async () => (await opened).close());
    const answer = async (...asked: Parameters<typeof request>): Promise<Observation> => {
      const [outcome] = await (await opened).run(request(...asked), quietWorld, 1);
      if (outcome === undefined) throw new Error('there was no answer');
      return outcome.observation;
    };

    it('is a cost centre, the name of a parameter and its value', async () => {
      const { status, log, upstream } = await answer('hello');
      expect([status, log['gw.cost_center'], log['gw.tenant']]).toEqual([200, labelOf(text), 'acme']);
      expect(upstream?.body).toMatchObject({ [text]: [text], metadata: { [text]: text } });
    });

    it('is a pattern that rejects, and the message of the rejection', async () => {
      const { status, body } = await answer(`before ${text} after`);
      expect([status, (body as JsonObject)['error']]).toEqual([451, expect.objectContaining({ message: text })]);
    });

    // What is only logged is looked for in the body as it travels, with its escapes.
    it.runIf(JSON.stringify(text) === `"${text}"`)('is a pattern that is only logged', async () => {
      expect((await answer(`Q${text}`)).log['gw.detected']).toBe('watch/text');
      expect((await answer('Qhello')).log['gw.detected']).toBeUndefined();
    });

    it('is a model that is not there', async () => {
      const { status, body, log } = await answer('hello', text);
      expect([status, log['gw.model'], log['gw.rule']]).toEqual([404, text, '!model']);
      const message = `model ${text} is not available to tenant acme`;
      expect((body as JsonObject)['error']).toMatchObject({ message });
    });

    it.runIf(isHeaderValue(text))('is the value of a header that decides', async () => {
      const { upstream } = await answer('hello', 'sonnet', { 'x-workload': text });
      expect(upstream?.model).toBe('claude-opus');
      expect((await answer('hello', 'sonnet', { 'x-workload': `${text}x` })).upstream?.model).toBe('claude-sonnet');
    });
  });
});

function engineFor(open: OpenEngine, files: Files): Promise<Engine> {
  const { releases, environments, findings } = compiled(files, ['dev']);
  const [[release], [environment]] = [releases, environments];
  if (release === undefined || environment === undefined) throw new Error(JSON.stringify(findings));
  return open(testedEnvironment(environment, release));
}

/** What a client can send, and a server reads as it was sent. */
function isHeaderValue(text: string): boolean {
  return /^[!-~]([ -~]{0,254}[!-~])?$/.test(text);
}

/** A project that serves requests, with a text wherever it could decide or show in one. */
function answering(text: string): Files {
  const t = quoted(text);
  const label = quoted(labelOf(text));
  // A regex that matches exactly the text.
  const regex = [...text].map((c) => `\\x{${(c.codePointAt(0) ?? 0).toString(16)}}`).join('');
  const header = (kind: string, name: string) =>
    `apiVersion: gatewright/v1\nkind: ${kind}\nmetadata: {name: ${name}}\nspec:\n`;
  const when = isHeaderValue(text) ? `header: {name: x-workload, equals: ${t}}` : 'maxTokensOver: 100';
  return overlay(minimal, {
    'tenants/acme.yaml': `apiVersion: gatewright/v1
kind: Tenant
metadata: {name: acme, displayName: ${label}, owners: ["@acme/all"], costCenter: ${label}}
spec: {tier: standard, routing: base, guardrails: [watch, guard], clients: [{name: default}]}
`,
    'routing/profiles/base.yaml': `${header('RoutingProfile', 'base')}  models:
    sonnet:
      parameters: {defaults: {${t}: [${t}]}, overrides: {metadata: {${t}: ${t}}}}
      conditional:
        - {when: {${when}}, single: {provider: openai, model: claude-opus}}
        - {single: {provider: openai, model: claude-sonnet}}
`,
    'pricing/list.yaml': `${minimal['pricing/list.yaml']}    claude-opus:
      prices: [{effectiveFrom: 2026-01-01, rates: {input: "5", output: "25"}, source: "https://prices.example", verifiedOn: 2026-11-01}]
`,
    'routing/providers/openai.yaml': `${header('Provider', 'openai')}  {type: openai, residency: us, credentials: {secret: key}, prices: list}
`,
    'guardrails/guard.yaml': `${header('Guardrail', 'guard')}  mode: enforce
  phases: [request]
  patterns: [{name: text, regex: ${quoted(regex)}, action: reject}]
  rejection: {status: 451, message: ${t}}
`,
    'guardrails/watch.yaml': `${header('Guardrail', 'watch')}  mode: detect
  phases: [request]
  patterns: [{name: text, regex: ${quoted(`Q${regex}`)}, action: reject}]
`,
  });
}
