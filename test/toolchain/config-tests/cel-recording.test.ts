import { readFileSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freePorts } from '../../../toolchain/config-tests/binary/free-ports.ts';
import { type Gateway, startGateway } from '../../../toolchain/config-tests/binary/gateway.ts';
import { binary } from './binary-world.ts';
import { metadata, seen, seenFile } from './cel-seen.ts';

/** Each expression answers at a path of its own; one without a value answers otherwise than 200. */
function configOf(ports: readonly number[]): string {
  const [port = 0, admin, stats, readiness] = ports;
  const addresses = { adminAddr: admin, statsAddr: stats, readinessAddr: readiness };
  const routes = seen.expressions.map(({ cel }, index) => ({
    name: `e${index}`,
    gateways: 'default',
    matches: [{ path: { exact: `/e${index}` } }],
    policies: { directResponse: { status: 200, bodyExpression: `toJson(${cel})` } },
  }));
  const config = {
    config: Object.fromEntries(Object.entries(addresses).map(([name, at]) => [name, `127.0.0.1:${at}`])),
    gateways: { default: { port, transformations: { request: { metadata } } } },
    routes,
  };
  return JSON.stringify(config).replaceAll('$', '$$$$');
}

describe.skipIf(binary.isMissing)(`recorded values of expressions${binary.note}`, () => {
  let gateway: Gateway;

  beforeAll(async () => {
    const ports = await freePorts(4);
    const [port = 0, , , readiness = 0] = ports;
    gateway = await startGateway({ executable: binary.executable, configText: configOf(ports), port, readiness });
  });
  afterAll(() => gateway?.stop());

  async function answer(index: number): Promise<string | null> {
    const url = `http://127.0.0.1:${gateway.port}/e${index}`;
    const response = await fetch(url, { method: 'POST', headers: { 'x-a': 'A' }, body: seen.body });
    const text = await response.text();
    return response.ok ? text : null;
  }

  it('are those of the gateway; UPDATE=1 records them', async () => {
    const expressions = [];
    for (const [index, { cel }] of seen.expressions.entries()) expressions.push({ cel, value: await answer(index) });
    const recorded = `${JSON.stringify({ body: seen.body, expressions }, null, 2)}\n`;
    if (process.env['UPDATE'] === '1') writeFileSync(seenFile, recorded);
    expect(JSON.parse(readFileSync(seenFile, 'utf8'))).toEqual({ body: seen.body, expressions });
  });
});
